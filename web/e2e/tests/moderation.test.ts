import axe from "axe-core";
import type { Page } from "@playwright/test";
import { Api, expect, refused, signIn, test, toast } from "../fixtures.ts";
import { PampsServer } from "../server.ts";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, reducedMotion: "reduce" } as const;

test.describe("where people report each other", () => {
  let site: PampsServer;
  test.beforeAll(async () => {
    site = await PampsServer.start();
    await site.run("create-user", "mod@example.org", "mod", Api.password);
    await site.run("set-role", "mod", "moderator");
  });
  test.afterAll(() => site.stop());

  test("on a phone, from a report to a suspension and back", async ({ visitor, allow }) => {
    allow(refused(403));
    allow(refused(404));
    // A link for a password asks for one.
    allow(refused(401));
    test.slow();
    const ana = await Api.registerAs(site.address, "ana");
    const beto = await Api.registerAs(site.address, "beto");
    const post = await beto.write("Cheap gulls, only today");

    const reporter = await visitor({ baseURL: site.address, ...phone });
    await signIn(reporter, "ana");
    await reporter.goto(`/@beto/${post}`);
    await reporter.getByRole("button", { name: "More actions" }).first().click();
    await reporter.getByRole("menuitem", { name: "Report @beto" }).click();
    const dialog = reporter.getByRole("dialog", { name: "Report @beto" });
    await dialog.getByText("Advertising or deceit").click();
    await dialog.getByLabel("What the moderators should know (optional)").fill("The same under each of my posts");
    await sound(reporter, "the dialog that reports");
    await dialog.getByRole("button", { name: "Report", exact: true }).click();
    await expect(toast(reporter, "Thank you. The moderators look at it.")).toBeVisible();
    // Who reports sees no reports.
    await reporter.goto("/settings");
    await expect(reporter.getByRole("region", { name: "Where you are signed in" })).toBeVisible();
    await expect(reporter.getByRole("link", { name: "Open the reports" })).toHaveCount(0);

    const moderator = await visitor({ baseURL: site.address, ...phone });
    await signIn(moderator, "mod");
    await moderator.goto("/settings");
    await moderator.getByRole("link", { name: "Open the reports" }).click();
    await moderator.getByRole("link", { name: /@beto: Advertising/ }).waitFor();
    await sound(moderator, "the reports");
    await moderator.getByRole("link", { name: /@beto: Advertising/ }).click();
    await expect(moderator.getByText("Cheap gulls, only today")).toBeVisible();
    await sound(moderator, "a report");
    await narrow(moderator);
    await moderator.getByText("Suspend", { exact: true }).first().click();
    await moderator.getByLabel("What @beto is told").fill("No advertising here.");
    await moderator.getByRole("button", { name: "Suspend" }).click();
    await expect(toast(moderator, "Suspended")).toBeVisible();
    await expect(moderator.getByText("Resolved", { exact: true })).toBeVisible();
    await expect(moderator.getByText("Will be erased on")).toBeVisible();

    await reporter.goto("/@beto");
    await expect(reporter.getByText("Nobody here").first()).toBeVisible();
    const suspended = await visitor({ baseURL: site.address, ...phone });
    await suspended.goto("/sign-in");
    await suspended.getByLabel("User name or e-mail").fill("beto");
    await suspended.getByLabel("Password", { exact: true }).fill(Api.password);
    await suspended.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(suspended.getByText("This account is suspended by the moderators.")).toBeVisible();

    // Who is suspended appeals, and is right.
    await suspended.getByRole("button", { name: "Appeal" }).click();
    await suspended.getByLabel("Why is this not right?").fill("My gulls are real.");
    await sound(suspended, "an appeal");
    await suspended.getByRole("button", { name: "Send" }).click();
    await expect(suspended.getByText("You have appealed.")).toBeVisible();
    await moderator.goto("/moderation");
    await moderator.getByText("Appeals", { exact: true }).click();
    await expect(moderator.getByText("They say: My gulls are real.")).toBeVisible();
    await sound(moderator, "the appeals");
    await narrow(moderator);
    await moderator.getByRole("button", { name: "Accept and undo: @beto" }).click();
    await expect(toast(moderator, "Appeal accepted")).toBeVisible();

    // Without a report, by the name.
    await moderator.goto("/moderation/@beto");
    await moderator.getByLabel("What @beto is told").fill("Welcome back.");
    await moderator.getByRole("button", { name: "Warn" }).click();
    await expect(toast(moderator, "Warned")).toBeVisible();
    await sound(moderator, "a person");

    await suspended.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    const notices = suspended.getByRole("dialog", { name: "From the moderators" });
    await expect(notices.getByText("Welcome back.")).toBeVisible();
    await expect(notices.getByText("No advertising here.")).toBeVisible();
    await sound(suspended, "what the moderators say");
    await notices.getByRole("button", { name: "I have read it" }).click();
    await expect(notices).toHaveCount(0);
    await suspended.goto("/home");
    await expect(suspended.getByRole("main").getByRole("textbox").first()).toBeVisible();
    await expect(notices).toHaveCount(0);

    // Admins make a link for who has forgotten the password; moderators do not.
    await expect(moderator.getByRole("button", { name: "Make a link" })).toHaveCount(0);
    await site.run("set-role", "mod", "admin");
    await moderator.reload();
    await moderator.getByRole("button", { name: "Make a link" }).click();
    await moderator.getByLabel("Current password").fill(Api.password);
    await moderator.getByRole("button", { name: "Make a link" }).click();
    const link = moderator.getByText("/reset-password#");
    await expect(link).toBeVisible();
    await sound(moderator, "a link for a new password");
    await narrow(moderator);
    const forgetful = await visitor({ baseURL: site.address, ...phone });
    await forgetful.goto((await link.textContent())!);
    await forgetful.getByLabel("New password", { exact: true }).fill("forgotten no more");
    await forgetful.getByRole("button", { name: "Save and sign in" }).click();
    await expect(forgetful).toHaveURL(/\/home$/);
    void ana;
  });
});

/** Axe finds nothing to complain of. */
async function sound(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      reporter: "no-passes",
    }),
  );
  expect.soft(violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html).join("\n")}`), name).toEqual([]);
}

/** Nothing is wider than the screen. */
async function narrow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
