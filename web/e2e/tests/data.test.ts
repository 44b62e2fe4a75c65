import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { Api, expect, refused, test } from "../fixtures.ts";

async function hasNoFaults(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  expect(violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html).join("\n")}`)).toEqual([]);
}

/** A tar of one file (POSIX ustar), packed. */
function tarGz(name: string, content: string): Buffer {
  const text = Buffer.from(content);
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write("0000644\0", 100);
  head.write("0000000\0", 108);
  head.write("0000000\0", 116);
  head.write(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
  head.write("00000000000\0", 136);
  head.write("        ", 148);
  head.write("0ustar\x0000", 156);
  head.write(`${head.reduce((sum, x) => sum + x, 0).toString(8).padStart(6, "0")}\0 `, 148);
  return gzipSync(Buffer.concat([head, text, Buffer.alloc(1024 + ((512 - (text.length % 512)) % 512))]));
}

const post = (id: number, content: string, type = "Create") => ({
  id: `https://old.example/${id}/activity`,
  type,
  published: "2025-01-01T00:00:00Z",
  to: ["https://www.w3.org/ns/activitystreams#Public"],
  object: { id: `https://old.example/${id}`, type: "Note", published: "2025-01-01T00:00:00Z", to: ["https://www.w3.org/ns/activitystreams#Public"], content },
});

for (const [place, viewport] of Object.entries({ "a phone": { width: 390, height: 844 }, "a desk": { width: 1280, height: 800 } })) {
  test(`one's data is downloaded, and posts are brought along, on ${place}`, async ({ signedIn, allow }) => {
    allow(refused(401));
    const { page, user } = await signedIn("ana", { reducedMotion: "reduce", viewport });
    await page.goto("/settings");
    const data = page.getByRole("region", { name: "Your data" });
    await data.getByRole("button", { name: "Ask for my archive" }).click();
    // Wherever one is by then.
    await page.getByRole("navigation").getByRole("link", { name: "Home" }).click();
    await expect(page.getByText("Your archive can be downloaded.", { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: "Settings" }).click();
    await expect(data.getByText("Your archive is ready")).toBeVisible({ timeout: 30_000 });
    await data.getByRole("button", { name: "Download" }).click();
    await data.getByLabel("Current password").fill(Api.password);
    await hasNoFaults(page);
    const [file] = await Promise.all([page.waitForEvent("download"), data.getByRole("button", { name: "Download" }).click()]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${user.username}-\\d{4}-\\d\\d-\\d\\d\\.zip$`));

    const bring = page.getByRole("region", { name: "Bring posts along" });
    await bring.getByRole("button", { name: "Bring it here" }).click();
    await expect(bring.getByLabel("File")).toBeFocused();
    await bring.getByLabel("File").setInputFiles({
      name: "archive.tar.gz",
      mimeType: "application/gzip",
      buffer: tarGz("outbox.json", JSON.stringify({ orderedItems: [post(1, "<p>Brought along</p>"), post(2, "", "Announce")] })),
    });
    await bring.getByRole("button", { name: "Bring it here" }).click();
    await expect(bring.getByText("1 posts made, 0 were here before.")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("What you brought is here.", { exact: true })).toBeVisible();
    await bring.getByText("What was left out").click();
    await expect(bring.getByText("Shared posts of others: 1")).toBeVisible();
    await hasNoFaults(page);
    await page.goto(`/@${user.username}`);
    await expect(page.getByRole("main").getByText("Brought along")).toBeVisible();
  });
}
