import { card, composer, disconnected, expect, post, test, toast } from "../fixtures.ts";

const isNewPost = (url: URL) => url.pathname === "/post/";

test("what is written offline is posted once, as soon as the connection is back", async ({ signedIn, allow }) => {
  allow(disconnected);
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  await page.context().setOffline(true);
  await post(page, "Written in a tunnel");
  await expect(page.getByText("No connection. It will be sent once")).toBeVisible();
  await page.context().setOffline(false);
  await expect(card(page, "Written in a tunnel")).toBeVisible();
  await expect(composer(page)).toHaveValue("");
  expect(await user.texts()).toEqual(["Written in a tunnel"]);
});

test("an answer that is lost after the server took the post does not post it twice", async ({ signedIn, allow }) => {
  allow(disconnected);
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  let lost = 0;
  await page.route(isNewPost, async (route) => {
    if (route.request().method() !== "POST" || lost >= 2) return route.fallback();
    lost++;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await post(page, "Did you hear me?");
  await expect(toast(page, "Posted")).toBeVisible();
  await expect(card(page, "Did you hear me?")).toHaveCount(1);
  await expect(composer(page)).toHaveValue("");
  expect(lost).toBe(2);
  expect(await user.texts()).toEqual(["Did you hear me?"]);
});

test("a page that is reloaded while its post waits sends it once", async ({ signedIn, allow }) => {
  allow(disconnected);
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await page.route(isNewPost, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await post(page, "Patience");
  await expect(page.getByText("No connection. It will be sent once")).toBeVisible();
  await page.unroute(isNewPost);
  await page.reload();
  await expect(card(page, "Patience")).toHaveCount(1);
  await expect(composer(page)).toHaveValue("");
  expect(await user.texts()).toEqual(["Patience"]);
});

test("a post that waits can be taken back to go on writing", async ({ signedIn, allow }) => {
  allow(disconnected);
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  await page.context().setOffline(true);
  await post(page, "Not so fast");
  await page.getByRole("button", { name: "Go on writing" }).click();
  await expect(composer(page)).toBeFocused();
  await page.context().setOffline(false);
  await post(page, "Now it is right");
  await expect(card(page, "Now it is right")).toBeVisible();
  expect(await user.texts()).toEqual(["Now it is right"]);
});

test("drafts outlive a reload, each in its place", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  const id = await user.write("Something to answer");
  const reply = page.getByRole("textbox", { name: `Reply to @${user.username}` });
  await page.goto("/home");
  await composer(page).fill("Half a thou");
  await page.goto(`/@${user.username}/${id}`);
  await reply.fill("Half an ans");
  await page.reload();
  await expect(reply).toHaveValue("Half an ans");
  await page.goto("/home");
  await expect(composer(page)).toHaveValue("Half a thou");
  expect(await user.texts()).toEqual(["Something to answer"]);
});

test("a like that cannot be sent is taken back and says so", async ({ signedIn, allow }) => {
  allow(disconnected);
  const { page, user } = await signedIn("ana");
  await user.write("Like me");
  // What shows messages is loaded after everything that is seen first.
  const loaded = page.waitForResponse(/AppToasts.*\.js/);
  await page.goto("/home");
  await loaded;
  const like = card(page, "Like me").getByRole("button", { name: /^Like/ });
  await expect(like).toBeVisible();
  await page.context().setOffline(true);
  await like.click();
  await expect(toast(page, "The server cannot be reached")).toBeVisible();
  await expect(like).toHaveAttribute("aria-pressed", "false");
});

test("a list that could not be read offers another try", async ({ visitor, allow }) => {
  allow(/status of 500/);
  const page = await visitor();
  let broken = true;
  await page.route(/\/user\/\?/, (route) =>
    broken ? route.fulfill({ status: 500, json: { detail: "broken" } }) : route.fallback(),
  );
  await page.goto("/search?type=user");
  await expect(page.getByText("Something went wrong on the server.")).toBeVisible();
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Something went wrong on the server.")).toHaveCount(0);
});
