import { defineConfig } from "@playwright/test";
import { chromium } from "./chromium.ts";
import type { Slowness } from "./fixtures.ts";

export default defineConfig<Slowness>({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  projects: [
    { name: "fast", grepInvert: /@slow/ },
    // A click on what does nothing yet, and words that are there before the deed, show where pages are slow.
    { name: "slow", grep: /@slow/, use: { slowness: 6 } },
  ],
  reporter: [["list"], ["./total.ts"]],
  use: {
    launchOptions: chromium,
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    trace: "off",
    // Would answer in place of what a test puts between the page and the server.
    serviceWorkers: "block",
    screenshot: "off", // fixtures.ts takes them.
  },
});
