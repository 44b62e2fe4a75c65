import type { Page } from "@playwright/test";
import { card, expect, post, test } from "../fixtures.ts";

const stream = (page: Page) => page.waitForResponse((x) => x.url().includes("/stream/") && x.ok());

test("what a followed person posts, edits and deletes arrives without a reload", async ({ signedIn }) => {
  const ana = await signedIn("ana");
  const bia = await signedIn("bia");
  const listening = stream(bia.page);
  await bia.page.goto(`/@${ana.user.username}`);
  await bia.page.getByRole("button", { name: `Follow ${ana.user.username}` }).click();
  await expect(bia.page.getByRole("button", { name: `Following ${ana.user.username}` })).toBeVisible();
  await expect(bia.page.getByRole("link", { name: "1 follower" })).toBeVisible();
  await listening;
  await bia.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(bia.page.getByText("Quiet in here")).toBeVisible();

  await ana.page.goto("/home");
  await post(ana.page, "Rain at last");
  await expect(card(ana.page, "Rain at last")).toBeVisible();

  const pill = bia.page.getByRole("button", { name: "1 new post" });
  await expect(pill).toBeVisible();
  await expect(card(bia.page, "Rain at last")).toHaveCount(0);
  await pill.click();
  await expect(card(bia.page, "Rain at last")).toBeVisible();
  await expect(pill).toHaveCount(0);

  const id = Number((await ana.user.call<{ id: number }[]>("GET", `/post/user/${ana.user.username}/`))[0]?.id);
  await ana.user.edit(id, "Rain at last, and hail");
  await expect(card(bia.page, "Rain at last, and hail").getByText("edited")).toBeVisible();
  await expect(card(ana.page, "Rain at last, and hail")).toBeVisible();

  await ana.user.delete(id);
  await expect(card(bia.page, "Rain at last")).toHaveCount(0);
  await expect(card(ana.page, "Rain at last")).toHaveCount(0);
});

test("notifications arrive with a badge, are read when seen, and go when the like is taken back", async ({ signedIn }) => {
  const { page, user: ana } = await signedIn("ana");
  const { user: bia } = await signedIn("bia");
  const id = await ana.write("A quiet morning");
  const listening = stream(page);
  await page.goto("/home");
  await listening;

  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Notifications/ });
  await bia.like(id);
  await expect(link).toHaveAccessibleName(/1 unread/);
  await bia.write("Enjoy it", id);
  await bia.write(`Thinking of @${ana.username}`);
  await bia.follow(ana.username);
  await expect(link).toHaveAccessibleName(/4 unread/);
  await expect(page).toHaveTitle(/^\(4\) /);

  const read = page.waitForResponse((x) => x.url().endsWith("/notification/read/"));
  await link.click();
  const list = page.getByRole("list", { name: "Notifications" });
  for (const text of ["followed you", "mentioned you", "replied to you", "liked your post"]) {
    await expect(list.getByRole("link", { name: `${bia.username} ${text}` })).toBeVisible();
  }
  await read;
  await expect(link).not.toHaveAccessibleName(/unread/);
  await expect(page).toHaveTitle(/^Notifications/);

  await bia.unlike(id);
  await expect(list.getByText("liked your post")).toHaveCount(0);
  await page.reload();
  await expect(list.getByRole("link", { name: `${bia.username} followed you` })).toBeVisible();
  await expect(list.getByText("liked your post")).toHaveCount(0);
  await expect(link).not.toHaveAccessibleName(/unread/);
});

test("a like that is undone before it was seen takes the badge away", async ({ signedIn }) => {
  const { page, user: ana } = await signedIn("ana");
  const { user: bia } = await signedIn("bia");
  const id = await ana.write("Blink and you miss it");
  const listening = stream(page);
  await page.goto("/home");
  await listening;
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Notifications/ });
  await bia.like(id);
  await expect(link).toHaveAccessibleName(/1 unread/);
  await bia.unlike(id);
  await expect(link).not.toHaveAccessibleName(/unread/);
});

test("two tabs share one stream, and the second goes on when the first is closed", async ({ signedIn }) => {
  const { page: first, user: ana } = await signedIn("ana");
  const { user: bia } = await signedIn("bia");
  await ana.follow(bia.username);
  const listening = stream(first);
  await first.goto("/home");
  await listening;
  const second = await first.context().newPage();
  await second.goto("/home");
  await expect(second.getByText("Quiet in here")).toBeVisible();
  await bia.write("One");
  await expect(first.getByRole("button", { name: "1 new post" })).toBeVisible();
  await expect(second.getByRole("button", { name: "1 new post" })).toBeVisible();
  await first.close();
  await bia.write("Two");
  await expect(second.getByRole("button", { name: "2 new posts" })).toBeVisible();
});

test("what was posted while the stream was broken is there when it comes back", async ({ signedIn, allow }) => {
  allow(/net::ERR_/);
  const { page, user: ana } = await signedIn("ana");
  const { user: bia } = await signedIn("bia");
  await ana.follow(bia.username);
  const listening = stream(page);
  await page.goto("/home");
  await listening;
  await bia.write("Before");
  await expect(page.getByRole("button", { name: "1 new post" })).toBeVisible();
  await page.context().setOffline(true);
  await bia.write("Meanwhile");
  const again = stream(page);
  await page.context().setOffline(false);
  await expect(page.getByRole("button", { name: "2 new posts" })).toBeVisible({ timeout: 60_000 });
  void again.catch(() => {});
});
