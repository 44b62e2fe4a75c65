import { Api, card, expect, refused, test, unique, type Page } from "../fixtures.ts";

test("posts are found by words in English and Portuguese, whatever the accents", async ({ page, server }) => {
  const word = unique("z");
  const ana = await Api.register(server.address, "ana");
  await ana.writeMany([
    `A ação começou às três no São João ${word}`,
    `The grass moves in the wind ${word}`,
    `Nothing to see here ${word}`,
  ]);
  const search = page.getByRole("main").getByRole("searchbox");
  await page.goto("/search");
  await expect(search).toBeFocused();
  for (const [query, text] of [
    [`acao ${word}`, "A ação começou"],
    [`SAO JOAO ${word}`, "A ação começou"],
    [`Wínd ${word}`, "The grass moves"],
    [`"moves in the wind" ${word}`, "The grass moves"],
    [`gras* ${word}`, "The grass moves"],
    [`${word} from:${ana.username} -wind -ação`, "Nothing to see"],
  ] as const) {
    await search.fill(query);
    await search.press("Enter");
    await expect(card(page, text)).toBeVisible();
    await expect(page.getByRole("main").getByRole("article")).toHaveCount(1);
  }
  expect(new URL(page.url()).searchParams.get("q")).toBe(`${word} from:${ana.username} -wind -ação`);
  await page.goBack();
  await expect(search).toHaveValue(`gras* ${word}`);
  await expect(card(page, "The grass moves")).toBeVisible();
});

test("the three tabs show the best posts, the newest posts, and people", async ({ page, server }) => {
  const word = unique("z");
  const ana = await Api.registerAs(server.address, `${word}_ana`);
  await ana.writeMany([`${word} ${word} is what this is about`, `A long walk, and at its end some ${word} perhaps`]);
  await page.goto(`/search?q=${word}`);
  const tabs = page.getByRole("navigation", { name: "What to search" });
  const articles = page.getByRole("main").getByRole("article");
  await expect(tabs.getByRole("link", { name: "Top" })).toHaveAttribute("aria-current", "page");
  await expect(articles).toHaveCount(2);
  await expect(articles.first()).toContainText("is what this is about");

  await tabs.getByRole("link", { name: "Latest" }).click();
  await expect(page).toHaveURL(/type=latest/);
  await expect(articles.first()).toContainText("A long walk");

  await tabs.getByRole("link", { name: "People" }).click();
  await expect(articles).toHaveCount(1);
  await expect(articles.getByRole("link", { name: ana.username })).toBeVisible();
});

test("a search that cannot be understood says why, and one without results says so", async ({ page, allow }) => {
  allow(refused(422));
  await page.goto("/search?q=-sugar");
  await expect(page.getByRole("heading", { name: "This search cannot be understood" })).toBeVisible();
  await expect(page.getByText("Say what to look for too")).toBeVisible();
  const nothing = unique("nothing");
  await page.goto(`/search?q=${nothing}`);
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await expect(page.getByText(nothing)).toBeVisible();
});

test("a page at rest says what the site is, who is active and what about", async ({ visitor, server }) => {
  const ana = await Api.register(server.address, "ana");
  const tag = unique("tag");
  await ana.describe({ bio: "Grass" });
  await ana.write(`Look at the #${tag}`);
  // The server, which other tests use too, counts hashtags every five minutes.
  const count = (page: Page) => page.route("**/tag/", (route) => route.fulfill({ json: [{ tag }] }));
  const desk = await visitor({ viewport: { width: 1280, height: 900 } });
  await count(desk);
  await desk.goto("/about");
  const aside = desk.getByRole("complementary", { name: "More" });
  await expect(aside.getByRole("heading", { name: "Pamps" })).toBeVisible();
  await expect(aside.getByText("Short posts, replies and likes, in the order")).toBeVisible();
  await expect(aside.getByRole("link", { name: ana.username })).toBeVisible();
  await desk.screenshot({ path: test.info().outputPath("aside.png") });
  await aside.getByRole("link", { name: `#${tag}` }).click();
  await expect(card(desk, "Look at the")).toBeVisible();

  const phone = await visitor({ viewport: { width: 320, height: 640 } });
  await count(phone);
  await phone.goto("/search");
  const main = phone.getByRole("main");
  await expect(main.getByRole("link", { name: `#${tag}` })).toBeVisible();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  // Where one is, and whose site it is.
  await expect(main.getByRole("link", { name: "Pamps", exact: true })).toBeVisible();
  await main.getByRole("link", { name: ana.username }).click();
  await expect(phone).toHaveURL(new RegExp(`/@${ana.username}$`));
});
