import { existsSync } from "node:fs";

const shell = "/usr/bin/chromium-headless-shell";

/** Chromium as the system has it; no browser is downloaded. The shell is the same without the windows, which take most of the time. */
export const chromium = {
  executablePath: process.env.CHROMIUM ?? (existsSync(shell) ? shell : "/usr/bin/chromium"),
  args: [
    "--no-sandbox", // Root, as in containers, has no sandbox.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
