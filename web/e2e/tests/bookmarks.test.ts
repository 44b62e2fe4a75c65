import { Api, card, expect, test, unique } from "../fixtures.ts";

const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

test("a post is bookmarked on a phone, found again, and let go with a key", async ({ signedIn, server }) => {
  const other = await Api.register(server.address, "bia");
  const text = unique("read-me-later-");
  await other.write(text);
  const { page } = await signedIn("ana", phone);
  const bookmark = card(page, text).getByRole("button", { name: "Bookmark" });
  await page.goto("/");
  await bookmark.tap();
  await expect(bookmark).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(bookmark).toHaveAttribute("aria-pressed", "true");

  await page.goto("/home");
  await page.getByRole("main").getByRole("link", { name: "Bookmarks" }).tap();
  await expect(page.getByRole("heading", { name: "Bookmarks" })).toBeVisible();
  await card(page, text).focus();
  const sent = page.waitForResponse((x) => x.request().method() === "DELETE" && x.ok());
  await page.keyboard.press("b");
  // It stays, to be pressed again, until somebody comes back.
  await expect(bookmark).toHaveAttribute("aria-pressed", "false");
  await sent;
  await page.getByRole("button", { name: "Back" }).tap();
  await page.getByRole("main").getByRole("link", { name: "Bookmarks" }).tap();
  await expect(page.getByText("No bookmarks yet")).toBeVisible();
});
