import type { Locator, Page } from "@playwright/test";
import { Api, card, expect, test, toast, unique } from "../fixtures.ts";

/** Whether a tap in the middle of it hits it. */
const isFree = (what: Locator) =>
  what.evaluate((x) => {
    const { left, top, width, height } = x.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (x === hit || x.contains(hit));
  });

const isWithinScreen = (page: Page, what: Locator) =>
  what.evaluate((x) => {
    const { left, top, right, bottom } = x.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });

const screens = {
  "a phone": { width: 390, height: 844 },
  "a phone that lies": { width: 844, height: 390 },
  "a desk": { width: 1280, height: 800 },
  "a desk at 200 %": { width: 640, height: 400 },
};

for (const [name, viewport] of Object.entries(screens)) {
  test(`nothing covers what is to be tapped, and what belongs together is in sight: ${name}`, async ({ signedIn, server }) => {
    const prefix = unique("zo");
    for (let i = 0; i < 6; i++) await Api.registerAs(server.address, `${prefix}_${i}`);
    const { page, user } = await signedIn("ana", { viewport });
    for (let i = 0; i < 6; i++) await user.write(`Post ${i}`);

    await page.goto("/search?type=user");
    const follow = page.getByRole("button", { name: /^Follow / });
    await expect(follow.first()).toBeVisible();
    const write = page.getByRole("button", { name: "New post" });
    expect(await isWithinScreen(page, write)).toBe(true);
    expect(await isFree(write)).toBe(true);
    for (const button of await follow.all()) {
      await button.scrollIntoViewIfNeeded();
      expect(await isFree(button)).toBe(true);
    }

    await write.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").pressSequentially(`Hi @${prefix}`);
    const options = dialog.getByRole("option");
    await expect(options).toHaveCount(6);
    const send = dialog.getByRole("button", { name: "Post", exact: true });
    expect(await isFree(send)).toBe(true);
    expect(await isWithinScreen(page, dialog.getByRole("listbox"))).toBe(true);
    for (let i = 0; i < 6; i++) {
      const active = dialog.locator("[aria-selected=true]");
      await expect(active).toHaveText(new RegExp(`@${prefix}_\\d`));
      expect(await isFree(active)).toBe(true);
      await page.keyboard.press("ArrowDown");
    }
    await send.click();
    await expect(dialog).toHaveCount(0);
    await expect(toast(page, "Posted")).toBeVisible();
    expect(await isFree(write)).toBe(true);

    // A message covers neither the buttons of a dialog, nor anything that cannot be scrolled out from below it.
    await page.goto(`/@${user.username}`);
    await card(page, "Post 0").getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(toast(page, "Post deleted")).toBeVisible();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    expect(await isFree(card(page, "Post 1").getByRole("button", { name: /^Like/ }))).toBe(true);
    await write.click();
    await dialog.getByRole("textbox").fill("Free");
    await expect(toast(page, "Post deleted")).toBeVisible();
    expect(await isFree(send)).toBe(true);
    expect(await isFree(dialog.getByRole("button", { name: "Close" }))).toBe(true);
    await page.keyboard.press("Escape");

    // Nor what is being written at the end of the screen.
    const [{ id } = { id: 0 }] = await user.call<{ id: number }[]>("GET", `/post/user/${user.username}/?order=newest`);
    await page.goto(`/@${user.username}/${id}`);
    const reply = page.getByRole("form", { name: "Reply" });
    const words = reply.getByRole("textbox", { name: /^Reply/ });
    await words.fill("An answer");
    await reply.evaluate((x) => x.scrollIntoView({ block: "end" }));
    await reply.getByRole("button", { name: "Reply", exact: true }).click();
    await expect(toast(page, "Reply sent")).toBeVisible();
    expect(await isFree(words)).toBe(true);
    expect(await isFree(reply.getByRole("button", { name: "Reply", exact: true }))).toBe(true);
  });
}

test("no post takes the page over, and a long one opens in its place", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "ana");
  await author.write(`x${"\n".repeat(498)}y`);
  await author.write(`Lines${"\nz".repeat(200)}`);
  await author.write(`Z${"\u0316".repeat(240)}${"\u030d".repeat(240)} and the rest`);
  const page = await visitor({ viewport: screens["a phone"] });
  await page.goto(`/@${author.username}`);
  await expect(card(page, "and the rest")).toBeVisible();
  const heights = await page.locator(".post-text").evaluateAll((all) => all.map((x) => x.getBoundingClientRect().height));
  expect(heights.map((x) => x < 320)).toEqual([true, true, true]);
  const [stack = 0, line = 0] = await page.locator(".stack").evaluate((x) => [x.getBoundingClientRect().height, parseFloat(getComputedStyle(x).lineHeight)]);
  expect(stack).toBeLessThanOrEqual(line + 0.5);
  const long = card(page, "Lines");
  await long.getByRole("button", { name: "Show more" }).click();
  expect(await long.locator(".post-text").innerText()).toBe(`Lines${"\nz".repeat(200)}`);
  await expect(page).toHaveURL(new RegExp(`/@${author.username}$`));
  await long.getByRole("button", { name: "Show less" }).click();
  expect((await long.boundingBox())!.height).toBeLessThan(420);
});

test("a text is folded by how high it is, not by how many letters it has", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "bia");
  // Of as many letters, some are twice as wide as others.
  await author.write(`Wide ${"MWMW ".repeat(90)} https://example.org/end`);
  await author.write(`Narrow ${"little ".repeat(60)}`);
  const page = await visitor({ viewport: screens["a phone"] });
  await page.goto(`/@${author.username}`);
  const wide = card(page, "Wide");
  const more = wide.getByRole("button", { name: "Show more" });
  await expect(more).toBeVisible();
  await expect(card(page, "Narrow").getByRole("button", { name: "Show more" })).toHaveCount(0);
  expect((await wide.locator(".post-text").boundingBox())!.height).toBeLessThan(12.5 * 22.5);
  // What has the focus is in sight.
  await wide.getByRole("link", { name: "example.org/end" }).focus();
  await expect(wide.getByRole("button", { name: "Show less" })).toBeVisible();
  await wide.getByRole("button", { name: "Show less" }).click();
  await expect(more).toBeVisible();
  await page.setViewportSize(screens["a desk"]);
  await expect(more).toHaveCount(0);
});
