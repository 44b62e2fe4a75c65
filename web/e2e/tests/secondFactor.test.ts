import type { Page } from "@playwright/test";
import axe from "axe-core";
import { Api, expect, refused, test } from "../fixtures.ts";
import { codeOf } from "../totp.ts";

async function hasNoFaults(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  expect(violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html).join("\n")}`)).toEqual([]);
}

test("an app is set up in the settings, and its code signs in, as does a recovery code", async ({ signedIn, allow }) => {
  allow(refused(401));
  const { page, user } = await signedIn("ana", { reducedMotion: "reduce" });
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Two-step sign-in" });
  await section.getByRole("button", { name: "Set up" }).click();
  await section.getByLabel("Current password").fill(Api.password);
  await section.getByRole("button", { name: "Next" }).click();
  await expect(section.getByRole("img", { name: "QR code" })).toBeVisible();
  await hasNoFaults(page);
  const uri = new URL((await section.getByRole("link", { name: "Open the app" }).getAttribute("href"))!);
  const secret = uri.searchParams.get("secret")!;
  expect((await section.locator(".secret").innerText()).replaceAll(" ", "")).toBe(secret);
  await section.getByLabel("Code that the app shows").fill(codeOf(secret));
  await section.getByRole("button", { name: "Turn on" }).click();
  const codes = section.getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await hasNoFaults(page);
  const recovery = await codes.first().innerText();
  const [file] = await Promise.all([page.waitForEvent("download"), section.getByRole("button", { name: "Download" }).click()]);
  expect(file.suggestedFilename()).toContain("recovery-codes.txt");
  await section.getByRole("button", { name: "I have kept them" }).click();
  await expect(section.getByText("You have 10 recovery codes left.")).toBeVisible();

  const signIn = async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/$/);
    await page.goto("/sign-in");
    await page.getByLabel("User name or e-mail").fill(user.username);
    await page.getByLabel("Password", { exact: true }).fill(Api.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
  };
  await signIn();
  const code = page.getByLabel("Code", { exact: true });
  await expect(code).toBeFocused();
  await hasNoFaults(page);
  // Of a later step than the one that set it up, as none is good twice.
  await code.fill(codeOf(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);

  await page.goto("/settings");
  await signIn();
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recovery);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/settings");
  await expect(section.getByText("You have 9 recovery codes left.")).toBeVisible();
  await section.getByRole("button", { name: "Turn off" }).click();
  await hasNoFaults(page);
});
