import { Api, card, choose, composer, expect, post, refused, test, toast, unique, type Page } from "../fixtures.ts";

/** Chooses who may see what is being written. */
async function chooseVisibility(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: /^Who can see it/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${name}`) }).click();
  await expect(page.getByRole("button", { name: `Who can see it: ${name}` })).toBeFocused();
}

const stream = (page: Page) => page.waitForResponse((x) => x.url().includes("/stream/") && x.ok());

test("a post for followers is seen by a follower, and by nobody else", async ({ signedIn, visitor, allow }) => {
  allow(refused(404));
  const ana = await signedIn("ana");
  const follower = await signedIn("bia");
  const stranger = await signedIn("caio");
  await follower.user.follow(ana.user.username);
  const text = unique("only-mine-");

  await ana.page.goto("/home");
  await chooseVisibility(ana.page, "Followers");
  await post(ana.page, text);
  await expect(card(ana.page, text).getByRole("img", { name: "For followers only" })).toBeVisible();
  await expect(ana.page.getByRole("button", { name: "Who can see it: Public" })).toBeVisible();

  await follower.page.goto("/home");
  await expect(card(follower.page, text).getByRole("img", { name: "For followers only" })).toBeVisible();
  await card(follower.page, text).locator("time").click();
  await expect(follower.page.getByRole("main").getByText("For followers only")).toBeVisible();
  const address = new URL(follower.page.url()).pathname;
  // An answer is as open as what it answers.
  await expect(follower.page.getByRole("button", { name: "Who can see it: Followers" })).toBeVisible();

  for (const page of [stranger.page, await visitor()]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await page.goto(`/@${ana.user.username}`);
    await expect(page.getByText("No posts yet")).toBeVisible();
    await expect(page.getByText(text)).toHaveCount(0);
  }
});

test("who may see a post is chosen with the keyboard, and kept with the draft", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await composer(page).fill("Slowly written");
  await page.getByRole("button", { name: "Who can see it: Public" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: /^Public/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.reload();
  await expect(page.getByRole("button", { name: "Who can see it: Unlisted" })).toBeVisible();
  await composer(page).press("Control+Enter");
  await expect(card(page, "Slowly written").getByRole("img", { name: "Unlisted" })).toBeVisible();
  const posts = await user.call<{ visibility: string }[]>("GET", `/post/user/${user.username}/`);
  expect(posts.map((x) => x.visibility)).toEqual(["unlisted"]);
});

test("a direct post arrives with whom it mentions, live, and its answer goes back", async ({ signedIn }) => {
  const ana = await signedIn("ana");
  const bia = await signedIn("bia");
  const listening = stream(bia.page);
  await bia.page.goto("/direct");
  await expect(bia.page.getByText("Nothing direct yet")).toBeVisible();
  await listening;

  await ana.page.goto("/direct");
  await ana.page.getByRole("button", { name: "Write", exact: true }).click();
  const dialog = ana.page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Who can see it: Mentioned" })).toBeVisible();
  await dialog.getByRole("textbox").fill("Psst");
  await expect(dialog.getByText("Mention somebody with @")).toBeVisible();
  await dialog.getByRole("textbox").fill(`Psst @${bia.user.username}`);
  await expect(dialog.getByText(`To @${bia.user.username}`)).toBeVisible();
  await dialog.getByRole("button", { name: "Post", exact: true }).click();
  await expect(card(ana.page, "Psst")).toBeVisible();

  await bia.page.getByRole("button", { name: "1 new post" }).click();
  await expect(card(bia.page, "Psst").getByText("To you")).toBeVisible();
  await card(bia.page, "Psst").locator("time").click();
  const reply = bia.page.getByRole("textbox", { name: `Reply to @${ana.user.username}` });
  await expect(reply).toHaveValue(`@${ana.user.username} `);
  await reply.fill(`@${ana.user.username} I heard you`);
  await bia.page.getByRole("main").getByRole("button", { name: "Reply", exact: true }).click();
  await expect(ana.page.getByRole("button", { name: "1 new post" })).toBeVisible();
});

test("a blocked person's posts go at once and come back with Undo", { tag: "@slow" }, async ({ signedIn, server }) => {
  const other = await Api.register(server.address, "bia");
  const { page, user } = await signedIn("ana");
  await user.follow(other.username);
  await other.writeMany(["The first of two", "The second of two"]);
  await page.goto("/home");
  await choose(page, "The first of two", /^Block/);
  const dialog = page.getByRole("dialog", { name: `Block @${other.username}?` });
  await expect(dialog.getByText("You stop following each other.")).toBeVisible();
  const done = page.waitForResponse((x) => x.url().endsWith(`/user/block/${other.username}/`));
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(card(page, "of two")).toHaveCount(0);
  await done;
  await toast(page, "is blocked").getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "of two")).toHaveCount(2);
  await expect.poll(() => user.call("GET", "/user/blocks/")).toEqual([]);
});

test("a block is seen on the profile and ended in the settings", async ({ signedIn, server }) => {
  const other = await Api.register(server.address, "bia");
  await other.write("Not for you");
  const { page, user } = await signedIn("ana");
  await page.goto(`/@${other.username}`);
  await page.getByRole("button", { name: `About @${other.username}` }).click();
  await page.getByRole("menuitem", { name: /^Block/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByRole("heading", { name: `You blocked @${other.username}` })).toBeVisible();
  await expect(page.getByText("Not for you")).toHaveCount(0);

  await page.goto("/settings");
  await page.getByRole("link", { name: "Blocked people" }).click();
  await page.getByRole("button", { name: `Unblock @${other.username}` }).click();
  await expect(page.getByText("Nobody is blocked")).toBeVisible();
  await expect.poll(() => user.call("GET", "/user/blocks/")).toEqual([]);
  await page.goto(`/@${other.username}`);
  await expect(card(page, "Not for you")).toBeVisible();
});

test("a muted person's posts go from lists, stay on their profile, and come back", async ({ signedIn, server }) => {
  const other = await Api.register(server.address, "bia");
  const { page, user } = await signedIn("ana");
  await user.follow(other.username);
  await other.write("Every day the same");
  await page.goto("/home");
  await choose(page, "Every day the same", /^Mute/);
  const dialog = page.getByRole("dialog", { name: `Mute @${other.username}?` });
  await dialog.getByText("1 day").click();
  await dialog.getByRole("button", { name: "Mute", exact: true }).click();
  await expect(card(page, "Every day the same")).toHaveCount(0);
  await toast(page, "is muted").getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "Every day the same")).toBeVisible();
  await expect.poll(() => user.call("GET", "/user/mutes/")).toEqual([]);

  await user.mute(other.username, { duration: 86_400 });
  await page.goto(`/@${other.username}`);
  await expect(page.getByText("Muted", { exact: true })).toBeVisible();
  await expect(card(page, "Every day the same")).toBeVisible();
  await page.goto("/settings/muted");
  await expect(page.getByText(/^Until .* notifications hidden$/)).toBeVisible();
  await page.getByRole("button", { name: `Unmute @${other.username}` }).click();
  await expect(page.getByText("Nobody is muted")).toBeVisible();
  await expect.poll(() => user.call("GET", "/user/mutes/")).toEqual([]);
});

test("a locked account is asked, and lets people in", async ({ signedIn }) => {
  const ana = await signedIn("ana");
  const bia = await signedIn("bia");
  await ana.page.goto("/settings");
  const saved = ana.page.waitForResponse((x) => x.url().endsWith("/user/me/") && x.request().method() === "PATCH");
  await ana.page.getByRole("switch", { name: "Approve followers by hand" }).click();
  await saved;

  await bia.page.goto(`/@${ana.user.username}`);
  await expect(bia.page.getByRole("img", { name: "Approves followers by hand" })).toBeVisible();
  await bia.page.getByRole("button", { name: `Ask to follow ${ana.user.username}` }).click();
  const requested = bia.page.getByRole("button", { name: `Requested to follow ${ana.user.username}` });
  await expect(requested).toBeVisible();
  await bia.page.reload();
  await expect(requested).toBeVisible();
  // Taken back and asked again.
  const gone = bia.page.waitForResponse((x) => x.request().method() === "DELETE");
  await requested.click();
  await gone;
  await bia.page.getByRole("button", { name: `Ask to follow ${ana.user.username}` }).click();
  await expect(requested).toBeVisible();

  await ana.page.goto("/notifications");
  await ana.page.getByRole("link", { name: `${bia.user.username} asks to follow you` }).click();
  await expect(ana.page).toHaveURL(/\/follow-requests$/);
  await ana.page.getByRole("button", { name: `Accept @${bia.user.username}` }).click();
  await expect(ana.page.getByText("Nobody is waiting")).toBeVisible();
  await toast(ana.page, "follows you now").getByRole("button", { name: "Undo" }).click();
  await ana.page.getByRole("button", { name: `Accept @${bia.user.username}` }).click();
  const accepted = ana.page.waitForResponse((x) => x.url().endsWith("/accept/"));
  await accepted;

  await bia.page.reload();
  await expect(bia.page.getByRole("button", { name: `Following ${ana.user.username}` })).toBeVisible();
  await ana.page.goto(`/@${bia.user.username}`);
  await expect(ana.page.getByText("Follows you")).toBeVisible();
});

test("a request that is declined leaves nobody following", async ({ signedIn, server }) => {
  const { page, user } = await signedIn("ana");
  await user.lock();
  const other = await Api.register(server.address, "bia");
  await other.follow(user.username);
  await page.goto("/follow-requests");
  await page.getByRole("button", { name: `Decline @${other.username}` }).click();
  await expect(page.getByText("Nobody is waiting")).toBeVisible();
  // At once when the page is left.
  await page.goto("/home");
  await expect.poll(() => user.call("GET", "/user/follow_requests/")).toEqual([]);
  expect(await user.call("GET", `/user/${user.username}/followers/`)).toEqual([]);
});
