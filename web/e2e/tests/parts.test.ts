import { Api, card, choose, composer, disconnected, expect, refused, test } from "../fixtures.ts";

const part = (name: string) => new RegExp(`/assets/${name}-[^/]*\\.js$`);
const said = /Failed to fetch dynamically imported module|MIME type/;

test("a page whose files are gone since an upgrade is taken whole, and what was written stays", async ({ signedIn, allow }) => {
  allow(refused(404));
  allow(said);
  const { page, user } = await signedIn("ana");
  await user.write("My words");
  await page.goto("/home");
  await composer(page).fill("Half a thou");
  await choose(page, "My words", "Edit");
  await page.getByRole("textbox", { name: "Text of the post" }).fill("Other words");
  // As when the server was upgraded: the page's own files are there again once it is loaded anew.
  await page.route(part("SearchPage"), (route) => route.fulfill({ status: 404, json: {} }));
  await page.route("/search", async (route) => {
    await page.unroute(part("SearchPage"));
    await route.fallback();
  });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Search" }).click();
  await expect(page.getByText("Find posts and people")).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(composer(page)).toHaveValue("Half a thou");
  await choose(page, "My words", "Edit");
  await expect(page.getByRole("textbox", { name: "Text of the post" })).toHaveValue("Other words");
  await page.getByRole("button", { name: "Cancel" }).click();
  await choose(page, "My words", "Edit");
  await expect(page.getByRole("textbox", { name: "Text of the post" })).toHaveValue("My words");
});

test("a part that stays away is said to be missing, and the page does not go round in circles", async ({ server, visitor, allow }) => {
  allow(refused(404));
  allow(said);
  const page = await visitor();
  let isGone = true;
  let loads = 0;
  page.on("request", (x) => x.isNavigationRequest() && loads++);
  await page.route(part("SearchPage"), (route) => (isGone ? route.fulfill({ status: 404, json: {} }) : route.fallback()));
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Search" }).click();
  await expect(page.getByText("This part of the site has changed.")).toBeVisible();
  await expect(page).toHaveURL(`${server.address}/search`);
  expect(loads).toBe(2);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Everyone" }).click();
  await expect(page.getByText("This part of the site has changed.")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText("This part of the site has changed.")).toBeVisible();
  isGone = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Find posts and people")).toBeVisible();
});

test("offline, a page that was not loaded says so, leaves what is read, and comes at another try", async ({ server, visitor, allow }) => {
  allow(disconnected);
  allow(said);
  const page = await visitor();
  await page.goto("/");
  await expect(page.getByRole("complementary").getByRole("link", { name: "About" })).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("complementary").getByRole("link", { name: "About" }).click();
  const message = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
  await expect(message).toBeVisible();
  await expect(page).toHaveURL(`${server.address}/`);
  await message.getByRole("button", { name: "Close" }).click();
  await expect(message).toHaveCount(0);
  await page.getByRole("complementary").getByRole("link", { name: "About" }).click();
  await expect(message).toBeVisible();
  await page.context().setOffline(false);
  await message.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "About Pamps" })).toBeVisible();
  await expect(message).toHaveCount(0);
});

test("on a slow line a page says at once that it is coming, and a click on what is not there yet is not lost", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("My words");
  const gates: (() => void)[] = [];
  const hold = (name: string) =>
    page.route(part(name), async (route) => {
      await new Promise<void>((go) => gates.push(go));
      await route.fallback();
    });
  const release = () => gates.splice(0).forEach((go) => go());
  const progress = page.getByRole("progressbar", { name: "Loading" });
  await hold("SettingsPage");
  await hold("PostEditor");
  await hold("PostComposerDialog");
  await page.goto("/home");
  await choose(page, "My words", "Edit");
  await expect(progress).toBeVisible();
  release();
  await expect(page.getByRole("textbox", { name: "Text of the post" })).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(progress).toHaveCount(0);
  // Where there is no composer in sight.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Everyone" }).click();
  await expect(page.getByRole("heading", { name: "Everyone" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "New post" }).click();
  await expect(progress).toBeVisible();
  await expect.poll(() => gates.length).toBe(1);
  release();
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await expect(progress).toBeVisible();
  await expect(card(page, "My words").first()).toBeVisible();
  await expect.poll(() => gates.length).toBe(1);
  release();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expect(progress).toHaveCount(0);
});

test("between two versions behind one proxy a page is taken again until it is whole", async ({ server, visitor, allow }) => {
  allow(refused(404));
  const page = await visitor();
  let asked = 0;
  // The instance that has another version answers.
  await page.route(/\/assets\/index-.*\.js$/, (route) => (asked++ < 2 ? route.fulfill({ status: 404, json: {} }) : route.fallback()));
  await page.goto("/");
  await expect(page.getByRole("complementary").getByRole("link", { name: "About" })).toBeVisible();
  expect(asked).toBe(3);
  await expect(page).toHaveURL(`${server.address}/`);
});

test("a page without its scripts says so and can still be read", async ({ server, visitor, allow }) => {
  allow(refused(404));
  const author = await Api.register(server.address, "ana");
  await author.write("To be read all the same");
  const page = await visitor();
  let loads = 0;
  page.on("request", (x) => x.isNavigationRequest() && loads++);
  await page.route(/\/assets\/index-.*\.js$/, (route) => route.fulfill({ status: 404, json: {} }));
  await page.goto("/");
  await expect(page.getByText("This page could not be loaded completely.")).toBeVisible();
  await expect(page.getByText("Esta página")).toBeHidden();
  await expect(card(page, "To be read all the same")).toBeVisible();
  expect(loads).toBe(4);
});
