import { Api, card, composer, expect, post, signIn, test, toast, unique } from "../fixtures.ts";

test("somebody signs up, posts, and sees the post", { tag: "@slow" }, async ({ page }) => {
  const name = unique("nina_");
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page.getByRole("heading", { name: `Welcome, ${name}!` })).toBeVisible();
  await post(page, "Hello, pampas!");
  await expect(card(page, "Hello, pampas!")).toBeVisible();
  await expect(composer(page)).toHaveValue("");

  await page.goto(`/@${name}`);
  await expect(card(page, "Hello, pampas!")).toBeVisible();
});

test("a form that is not right says what is wrong at each field and keeps what was typed", async ({ page, server, allow }) => {
  allow(/status of (401|409)/);
  const taken = await Api.register(server.address, "taken");
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Please fill this in.")).toHaveCount(3);
  await expect(page.getByLabel("E-mail")).toBeFocused();

  await page.getByLabel("E-mail").fill(`${unique("x")}@example.org`);
  await page.getByLabel("User name").fill(taken.username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Somebody else has this user name.")).toBeVisible();
  await expect(page.getByLabel("User name")).toBeFocused();

  await page.goto("/sign-in");
  await page.getByLabel("User name or e-mail").fill(taken.username);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("The user name or the password is not right.")).toBeVisible();
  await expect(page.getByLabel("User name or e-mail")).toHaveValue(taken.username);
});

test("signing in leads back to the page that was asked for", async ({ page, server }) => {
  const user = await Api.register(server.address, "dora");
  await page.goto("/notifications");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel("User name or e-mail").fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/notifications$/);
  await expect(page.getByText("Nothing new yet")).toBeVisible();
});

test("a reply appears under its post and is counted", { tag: "@slow" }, async ({ signedIn, server }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("Who takes sugar with their mate?");
  const { page, user } = await signedIn("bia");
  await page.goto(`/@${author.username}/${id}`);
  await page.getByRole("textbox", { name: `Reply to @${author.username}` }).fill("Never!");
  await page.getByRole("main").getByRole("button", { name: "Reply", exact: true }).click();

  const replies = page.getByRole("feed", { name: "Replies" });
  await expect(replies.getByRole("article")).toHaveText(/Never!/);
  await expect(card(page, "Who takes sugar").getByRole("button", { name: "Reply, 1 reply" })).toBeVisible();
  await page.reload();
  await expect(replies.getByRole("article")).toHaveText(/Never!/);

  await page.goto(`/@${user.username}/replies`);
  await expect(card(page, "Never!").getByRole("link", { name: `In reply to @${author.username}` })).toBeVisible();
});

test("a like stays after a reload, and so does its end", { tag: "@slow" }, async ({ signedIn, server }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("The ombú is not a tree");
  const { page } = await signedIn("bia");
  await page.goto(`/@${author.username}/${id}`);
  const like = page.getByRole("main").getByRole("button", { name: /^Like/ }).first();

  for (const [pressed, label] of [["true", "Like, 1 like"], ["false", "Like, no likes yet"]] as const) {
    const answered = page.waitForResponse((x) => x.url().endsWith(`/post/${id}/like/`));
    await like.click();
    await expect(like).toHaveAttribute("aria-pressed", pressed);
    await answered;
    await page.reload();
    await expect(like).toHaveAttribute("aria-pressed", pressed);
    await expect(like).toHaveAccessibleName(label);
  }
});

test("mentions and hashtags are completed while typing and become links", { tag: "@slow" }, async ({ signedIn, server }) => {
  const friend = await Api.register(server.address, unique("zoe"));
  const { page } = await signedIn("ana");
  const tag = unique("tag");
  await page.goto("/home");
  await composer(page).pressSequentially(`Hi @${friend.username.slice(0, -2)}`);
  await expect(page.getByRole("option", { name: `@${friend.username}` })).toBeVisible();
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue(`Hi @${friend.username} `);
  await composer(page).pressSequentially(`#${tag} https://example.org/x`);
  await composer(page).press("Control+Enter");

  const links = card(page, "Hi @").locator(".post-text a");
  await expect(links).toHaveText([`@${friend.username}`, `#${tag}`, /example\.org\/x/]);
  await links.nth(1).click();
  await expect(page).toHaveURL(new RegExp(`/tag/${tag}$`));
  await expect(card(page, "Hi @")).toBeVisible();
});

test("a post that is too long cannot be sent, and the counter says by how much", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/home");
  await composer(page).fill("🌱".repeat(501));
  await expect(page.getByRole("main").getByRole("button", { name: "Post", exact: true })).toBeDisabled();
  await expect(page.locator(".post-counter")).toHaveText("-1");
  await composer(page).fill("🌱".repeat(500));
  await page.getByRole("main").getByRole("button", { name: "Post", exact: true }).click();
  await expect(toast(page, "Posted")).toBeVisible();
});

test("somebody signs in with their e-mail address", async ({ page, server }) => {
  const user = await Api.register(server.address, "eva");
  await signIn(page, `${user.username}@example.org`);
  await expect(page.getByRole("navigation", { name: "Main" }).getByText(`@${user.username}`)).toBeVisible();
});
