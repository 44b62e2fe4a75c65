import { groups, pagesOf } from "../pages.ts";
import { type StorageState, card, expect, refused, test, toast } from "../fixtures.ts";

const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

for (const group of groups) {
  test(`no page is wider than a screen of 320 pixels: ${group}`, async ({ server, visitor, allow }) => {
    allow(refused(404));
    // Not as a phone, which would zoom out instead of scrolling.
    const browse = (storageState: StorageState) => visitor({ storageState, viewport: phone.viewport });
    for await (const { name, page } of pagesOf(group, server.address, browse)) {
      const wide = await page.evaluate(() => {
        if (document.scrollingElement!.scrollWidth <= innerWidth) return [];
        return [...document.querySelectorAll("body *")]
          .filter((x) => x.getBoundingClientRect().right > innerWidth + 1)
          .map((x) => `${x.tagName}.${x.className}`);
      });
      expect.soft(wide, name).toEqual([]);
    }
  });
}

test("everything that matters can be reached on a small phone", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana", phone);
  await page.goto("/search");
  await page.getByRole("button", { name: "New post" }).tap();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Small but mine");
  await dialog.getByRole("button", { name: "Post", exact: true }).tap();
  await expect(dialog).toHaveCount(0);
  await page.goto("/home");
  await expect(card(page, "Small but mine")).toBeVisible();
  await card(page, "Small but mine").getByRole("button", { name: /^Like/ }).tap();
  await expect(card(page, "Small but mine").getByRole("button", { name: "Like, 1 like" })).toBeVisible();

  const navigation = page.getByRole("navigation", { name: "Main" });
  for (const [name, path] of [["Search", "/search"], ["Notifications", "/notifications"], ["Profile", `/@${user.username}`], ["Everyone", "/"], ["Home", "/home"]] as const) {
    await navigation.getByRole("link", { name }).tap();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
  await page.getByRole("main").getByRole("link", { name: "Settings" }).tap();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();

  await page.goto("/home");
  await card(page, "Small but mine").getByRole("button", { name: "More actions" }).tap();
  await page.getByRole("menuitem", { name: "Delete" }).tap();
  await toast(page, "Post deleted").getByRole("button", { name: "Undo" }).tap();
  await expect(card(page, "Small but mine")).toBeVisible();
});

test("what can be tapped is large enough for a finger", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana", phone);
  await user.write("Tap me");
  await page.goto("/home");
  await expect(card(page, "Tap me")).toBeVisible();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, nav a")]
      .map((x) => ({ name: x.getAttribute("aria-label") ?? x.textContent, box: x.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 32 || box.height < 32))
      .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
  );
  expect(small).toEqual([]);
});
