import { Api, expect, refused, test } from "../fixtures.ts";

const html = (address: string) => fetch(address, { headers: { Accept: "text/html" } });

test("the HTML of a post and of a profile tells previews of links what they are about", async ({ server }) => {
  const author = await Api.register(server.address, "ana");
  await author.describe({ bio: 'Writes "poems" & <b>prose</b>' });
  const id = await author.write('The first line & "more" <b>bold</b>\nThe second line');
  const post = await (await html(`${server.address}/@${author.username}/${id}`)).text();
  expect(post).toContain(`<title>@${author.username}: The first line &amp;`);
  expect(post).toMatch(/<meta property="og:title" content="[^"]*The first line/);
  expect(post).toMatch(/<meta property="og:description" content="[^"]*second line/);
  expect(post).toContain('<meta property="og:type" content="article"');
  expect(post).toContain(`<meta property="og:url" content="${server.address}/@${author.username}/${id}"`);
  expect(post).toContain(`<link rel="canonical" href="${server.address}/@${author.username}/${id}"`);
  expect(post).toContain('<meta name="description"');
  expect(post).not.toContain("<b>");

  const profile = await (await html(`${server.address}/@${author.username}`)).text();
  expect(profile).toContain('<meta property="og:type" content="profile"');
  expect(profile).toMatch(/<meta property="og:description" content="Writes [^"]*poems/);
  expect(profile).toContain(`href="${server.address}/@${author.username}.rss"`);
  expect(profile).not.toContain("<b>");
});

test("an address that leads nowhere says so with its status", async ({ server, page, allow }) => {
  allow(refused(404));
  for (const path of ["/no/such/page", "/@nobody_at_all", "/@nobody_at_all/1"]) {
    expect((await html(server.address + path)).status).toBe(404);
  }
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await page.getByRole("link", { name: "To the front page" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("without JavaScript there is a word about it", async ({ visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto("/");
  const word = page.locator("noscript").filter({ visible: true });
  await expect(word).toHaveCount(1);
  expect(await word.innerText()).toContain("needs JavaScript");
});

test("the API can still be tried and read in the browser", async ({ page, allow }) => {
  // ReDoc's examples are its own business.
  allow(/OpenAPI Sampler/);
  await page.goto("/docs");
  // Of many operations only those near what is in sight are on the page.
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    await expect(page.getByText("/post/{id}/like/").first()).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [50] });
  await page.goto("/redoc");
  await expect(page.getByText("Pamps").first()).toBeVisible();
});

test("a profile has feeds, and the post of one leads to its page", async ({ server, page }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("Read me elsewhere");
  for (const kind of ["rss", "atom"]) {
    const feed = await fetch(`${server.address}/@${author.username}.${kind}`);
    expect(feed.headers.get("Content-Type")).toContain(`application/${kind}+xml`);
    expect(await feed.text()).toContain(`/@${author.username}/${id}`);
  }
  await page.goto(`/@${author.username}/${id}`);
  await expect(page.getByText("Read me elsewhere")).toBeVisible();
});

test("what came with the page is not asked for again", async ({ server, page }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("Delivered");
  const calls: string[] = [];
  page.on("request", (x) => x.resourceType() === "fetch" && calls.push(new URL(x.url()).pathname));
  await page.goto(`/@${author.username}/${id}`);
  await expect(page.getByText("Delivered")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(calls).not.toContain(`/post/${id}/`);
});
