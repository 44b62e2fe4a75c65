import type { Page } from "@playwright/test";
import { png } from "../png.ts";
import { Api, expect, signedInState, test, unique } from "../fixtures.ts";

const sizes = { phone: { width: 412, height: 823 }, tablet: { width: 820, height: 1000 }, desktop: { width: 1280, height: 900 } };

/** Where everything is that can be read; times and icons are the client's own. */
function places(page: Page): Promise<Record<string, number[]>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("main h1, .app-navigation .label, .name, .context, .post-text, .post-text a, .more, .answer a, .user-avatar, .post-pictures a")]
      .filter((x) => x.checkVisibility())
      .filter((x) => x.getBoundingClientRect().top >= 0 && x.getBoundingClientRect().top < innerHeight)
      .map((x, i, all) => {
        const { x: left, y, width, height } = x.getBoundingClientRect();
        // A name that is too long for its line is cut where the time begins, which is the client's own.
        const ownWidth = getComputedStyle(x).textOverflow === "ellipsis" ? x.scrollWidth : width;
        // Of a long text the server writes the beginning.
        const wordsOf = (y: Element) => (y.textContent?.trim() ?? "").slice(0, 60);
        // The same words may stand in several places.
        return [`${wordsOf(x)} ${all.slice(0, i).filter((y) => wordsOf(y) === wordsOf(x)).length}`, [left, y, ownWidth, height]];
      }),
    ),
  );
}

/** The page as it is until the client has come. */
const withoutClient = (page: Page) =>
  page.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));

for (const [size, viewport] of Object.entries(sizes)) {
  test(`nothing moves when the client takes over from the server: ${size}`, async ({ server, visitor }) => {
    const author = await Api.register(server.address, "ana");
    const other = await Api.register(server.address, "bia");
    const top = await author.write(`Look, @${other.username}!\n\n#pampas https://www.example.org/${"long/".repeat(12)}`);
    const reply = await other.write("A reply that is long enough for more than one line on a small screen, and then some.", top);
    await author.write("Thanks", reply);
    const [wide, high, square] = [png(600, 400, [80, 160, 90]), png(100, 400, [170, 60, 50]), png(64, 64, [40, 90, 170])] as const;
    const alone = await author.show("One", [wide, "wide"]);
    await author.show("", [high, "high"], [square, "square"], [wide, "wide"]);
    const highest = await author.show("High", [high, "high"]);
    await author.write(`Z${"\u0316".repeat(50)} is for${"\nso many lines".repeat(30)}`);
    const longName = await Api.registerAs(server.address, unique("maria_aparecida_de_souza_").slice(0, 30));
    await longName.write("A name that fills the line of a phone");
    for (const path of ["/", ...[top, alone, highest].map((x) => `/@${author.username}/${x}`), `/@${other.username}/${reply}`]) {
      const drawn = await visitor({ viewport });
      await withoutClient(drawn);
      await drawn.goto(path);
      const page = await visitor({ viewport });
      await page.goto(path);
      await expect(page.getByRole("button", { name: /^Like/ }).first()).toBeVisible();
      await expect(page.locator(".frame")).toHaveCount(0);
      const seen = await places(drawn);
      expect(Object.keys(seen).length).toBeGreaterThan(5);
      // What comes in above a post is scrolled away, to the nearest whole pixel.
      const moved = async () => {
        const now = await places(page);
        return Object.keys(seen)
          .filter((x) => !now[x]?.every((y, i) => Math.abs(y - seen[x]![i]!) <= 1))
          .map((x) => `${x}: ${seen[x]} then, ${now[x]} now`);
      };
      await expect.poll(moved, { message: path, timeout: 10_000 }).toEqual([]);
      await drawn.context().close();
      await page.context().close();
    }
  });
}

test("posts can be read without JavaScript, and lead to their conversations", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("Read me in a text browser");
  await author.write("And my answer", id);
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto("/");
  const card = page.getByRole("article").filter({ hasText: "Read me in a text browser" });
  await expect(card).toBeVisible();
  await card.locator("time").click();
  await expect(page).toHaveURL(new RegExp(`/@${author.username}/${id}$`));
  await expect(page.getByText("And my answer")).toBeVisible();
});

test("who is signed in, or reads another language, is not shown a stranger's page meanwhile", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "ana");
  await author.write("For everyone");
  const state = await signedInState(server.address, author.username);
  const page = await visitor({ storageState: state });
  await withoutClient(page);
  await page.goto("/");
  await expect(page.getByText("For everyone").first()).toBeHidden();
  await expect(page.getByText("Create an account").first()).toBeHidden();
});
