import { complaintsOfAxe } from "../axe.ts";
import { Api, expect, test, toast } from "../fixtures.ts";

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

test("what strangers do is put aside, and appears once it is accepted", async ({ signedIn, server }) => {
  const { page, user } = await signedIn("ana");
  const own = await user.write("My own words");
  const [stranger, other] = [await Api.register(server.address, "stranger"), await Api.register(server.address, "other")];

  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Who notifies you" });
  const saved = page.waitForResponse((x) => x.url().endsWith("/notification/policy/") && x.request().method() === "PATCH");
  await section.getByLabel("People you do not follow", { exact: true }).selectOption({ label: "Put aside" });
  await saved;
  await stranger.like(own);
  await stranger.write(`Hello @${user.username}`);
  await other.write(`And me, @${user.username}`);

  await page.goto("/notifications");
  await expect(page.getByRole("heading", { name: "Nothing new yet" })).toBeVisible();
  await page.getByRole("link", { name: "Put aside" }).click();
  const item = page.getByRole("article", { name: stranger.username });
  await expect(item).toContainText("2 notifications");
  await page.getByRole("button", { name: `Show notifications by @${stranger.username}` }).click();
  await expect(page.getByText(`Hello @${user.username}`)).toBeVisible();
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    expect(await complaintsOfAxe(page)).toEqual([]);
  }
  await page.getByRole("button", { name: `Dismiss notifications by @${other.username}` }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("article", { name: other.username })).toBeVisible();
  await page.getByRole("button", { name: `Accept notifications by @${stranger.username}` }).click();
  await expect(toast(page, `@${stranger.username} notifies you from now on`)).toBeVisible();
  await expect(item).toHaveCount(0);
  await page.waitForResponse((x) => x.url().endsWith("/accept/") && x.ok());

  // It is taken back below.
  const accepted = page.getByRole("region", { name: "Accepted" });
  await expect(accepted.getByRole("article", { name: stranger.username })).toBeVisible();
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    expect(await complaintsOfAxe(page)).toEqual([]);
  }
  await accepted.getByRole("button", { name: `Take back that @${stranger.username} was accepted` }).click();
  await expect(accepted).toHaveCount(0);
  await page.waitForResponse((x) => x.url().includes("/notification/accepted/") && x.request().method() === "DELETE" && x.ok());

  await page.goto("/notifications");
  await expect(page.getByText(`Hello @${user.username}`)).toBeVisible();
  await expect(page.getByText(`And me, @${user.username}`)).toHaveCount(0);
});
