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

test("a post in a conversation stays in its place while what it answers is read", async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  let last: number | undefined;
  for (let i = 1; i <= 12; i++) last = await author.write(`Step ${i}.`, last);
  const page = await visitor();
  await page.goto(`/@${author.username}/${last}`);
  await expect(page.getByText("Step 1.", { exact: true })).toBeAttached();
  await expect(page.getByText("Step 12.", { exact: true })).toBeInViewport();
});
