import type { Page } from "@playwright/test";
import { Api, expect, test } from "../fixtures.ts";

/** Scrolls as a reader does until the list is this long. */
async function scrollUntil(page: Page, count: number): Promise<void> {
  const articles = page.getByRole("main").getByRole("article");
  await expect
    .poll(async () => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      return articles.count();
    })
    .toBeGreaterThanOrEqual(count);
}

for (const path of ["profile", "home", "everyone"] as const) {
  test(`going back finds the place in a long list: ${path}`, async ({ signedIn, server }) => {
    const author = await Api.register(server.address, "ana");
    await author.writeMany(Array.from({ length: 75 }, (_, i) => `Line ${i + 1}\n${"and more\n".repeat(i % 4)}end`));
    const { page, user } = await signedIn("bia");
    await user.follow(author.username);
    await page.goto({ profile: `/@${author.username}`, home: "/home", everyone: "/" }[path]);
    await scrollUntil(page, 60);
    const target = page.getByRole("main").getByRole("article").nth(47);
    await target.scrollIntoViewIfNeeded();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(3_000);
    const text = await target.locator(".post-text").innerText();
    const before = { scroll: await page.evaluate(() => scrollY), top: (await target.boundingBox())!.y };

    await target.locator("time").click();
    await expect(page).toHaveURL(new RegExp(`/@${author.username}/\\d+$`));
    await expect(page.getByText("No replies yet")).toBeVisible();
    await page.goBack();
    await expect(target.locator(".post-text")).toHaveText(text, { useInnerText: true });
    await expect
      .poll(async () => Math.abs((await page.evaluate(() => scrollY)) - before.scroll))
      .toBeLessThanOrEqual(2);
    expect(Math.abs((await target.boundingBox())!.y - before.top)).toBeLessThanOrEqual(2);
  });
}

test("a long list has every post once, to its end", async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  await author.writeMany(Array.from({ length: 65 }, (_, i) => `Number ${i + 1}.`));
  const page = await visitor();
  await page.goto(`/@${author.username}`);
  await scrollUntil(page, 65);
  const texts = await page.getByRole("main").getByRole("article").locator(".post-text").allInnerTexts();
  expect(texts).toEqual(Array.from({ length: 65 }, (_, i) => `Number ${65 - i}.`));
});

test("a link into a conversation shows what is above it, and all of that by a click", async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  let last: number | undefined;
  for (let i = 1; i <= 12; i++) last = await author.write(`Step ${i}.`, last);
  const page = await visitor();
  await page.goto(`/@${author.username}/${last}`);
  await expect(page.getByText("Step 11.", { exact: true })).toBeInViewport();
  await expect(page.getByText("Step 12.", { exact: true })).toBeInViewport();
  await expect(page.getByText("Step 10.", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Show 10 earlier posts" }).click();
  await expect(page.getByText("Step 1.", { exact: true })).toBeInViewport();
  await expect(page.getByRole("main").getByRole("article").first()).toBeFocused();
  // Each says whom it answers.
  await expect(page.getByRole("link", { name: `In reply to @${author.username}` })).toHaveCount(11);
  // From there on, and back: as long as it was.
  await page.getByText("Step 12.", { exact: true }).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await page.getByRole("main").getByRole("link", { name: author.username, exact: true }).last().click();
  await expect(page).toHaveURL(new RegExp(`/@${author.username}$`));
  await page.goBack();
  await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThanOrEqual(2);
});

test("answers to answers open in their place, tied by lines, and are there still on the way back", async ({ visitor, server }) => {
  const ana = await Api.register(server.address, "ana");
  const bia = await Api.register(server.address, "bia");
  const top = await ana.write("The beginning");
  const first = await bia.write("First answer", top);
  await ana.write("Second answer", top);
  const third = await ana.write("To the first", first);
  const fourth = await bia.write("To that", third);
  await ana.write("Deep down", fourth);
  const page = await visitor({ viewport: { width: 320, height: 700 } });
  await page.goto(`/@${ana.username}/${top}`);
  const replies = page.getByRole("feed", { name: "Replies" });
  await replies.getByRole("button", { name: "Show 1 reply" }).click();
  const inner = replies.getByRole("list", { name: `Replies to @${bia.username}` });
  await expect(inner.getByText("To the first")).toBeVisible();
  await expect(inner.getByRole("link", { name: `In reply to @${bia.username}` })).toBeVisible();
  await inner.getByRole("button", { name: "Show 1 reply" }).click();
  await expect(inner.getByText("To that")).toBeVisible();
  // In one order, from above to below.
  const texts = () => replies.locator(".post-text").allInnerTexts();
  expect(await texts()).toEqual(["First answer", "To the first", "To that", "Second answer"]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.screenshot({ path: test.info().outputPath("thread.png"), fullPage: true });
  // Further in, a page of its own has the room.
  await inner.getByRole("link", { name: "Show 1 reply" }).click();
  await expect(page).toHaveURL(new RegExp(`/${fourth}$`));
  await expect(page.getByText("Deep down")).toBeVisible();
  await page.goBack();
  await expect.poll(texts).toEqual(["First answer", "To the first", "To that", "Second answer"]);
  await inner.getByText("To that").waitFor();
  await replies.getByRole("button", { name: "Hide replies" }).first().click();
  await expect.poll(texts).toEqual(["First answer", "Second answer"]);
});
