import type { Page } from "@playwright/test";
import { Api, card, composer, expect, post, test, toast, unique } from "../fixtures.ts";

async function signInHere(page: Page, username: string): Promise<void> {
  await page.getByLabel("User name or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

test("a like by somebody new is done once they have an account, where they were", { tag: "@slow" }, async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  const silent = await Api.register(server.address, "silent");
  const text = unique("Like me ");
  const id = await author.write(text);
  const page = await visitor();
  await page.goto(`/@${author.username}/${id}`);
  await card(page, text).getByRole("button", { name: /^Like/ }).click();
  await expect(page.getByText("Sign in, and you like the post.")).toBeVisible();
  await page.getByRole("link", { name: "Create one" }).click();
  await expect(page.getByRole("heading", { name: "Join the conversation" })).toBeVisible();
  const name = unique("nina_");
  await page.getByLabel("E-mail").fill(`${name}@example.org`);
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${server.address}/@${author.username}/${id}`);
  await expect(card(page, text).getByRole("button", { name: "Like, 1 like" })).toHaveAttribute("aria-pressed", "true");
  await expect(toast(page, "Liked")).toBeVisible();

  // The welcome waits at home, also after a reload, and knows who has something to read.
  const navigation = page.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Home" }).click();
  const welcome = page.getByRole("region", { name: `Welcome, ${name}!` });
  await expect(welcome.getByRole("link", { name: author.username })).toBeVisible();
  await post(page, "My first");
  await expect(card(page, "My first")).toBeVisible();
  await page.reload();
  await expect(welcome.getByRole("link", { name: author.username })).toBeVisible();
  await expect(welcome.getByRole("link", { name: silent.username })).toHaveCount(0);
  await expect(welcome.getByRole("link", { name })).toHaveCount(0);
  await welcome.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(card(page, "My first")).toBeVisible();
  await expect(welcome).toHaveCount(0);
});

test("a follow by somebody who is not signed in is done after signing in, unless they went elsewhere", async ({ visitor, server }) => {
  const [author, user] = [await Api.register(server.address, "ana"), await Api.register(server.address, "bia")];
  const page = await visitor();
  const follow = page.getByRole("button", { name: `Follow ${author.username}` });
  await page.goto(`/@${author.username}`);
  await follow.click();
  await expect(page.getByText(`Sign in, and you follow @${author.username}.`)).toBeVisible();
  // Thought better of it.
  await page.goBack();
  await expect(follow).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sign in" }).click();
  await signInHere(page, user.username);
  await expect(page).toHaveURL(`${server.address}/@${author.username}`);
  await expect(follow).toBeVisible();

  const other = await visitor();
  await other.goto(`/@${author.username}`);
  await other.getByRole("button", { name: `Follow ${author.username}` }).click();
  await signInHere(other, user.username);
  await expect(other.getByRole("button", { name: `Following ${author.username}` })).toBeVisible();
  await expect(toast(other, `You follow @${author.username} now`)).toBeVisible();

  // What is undone in time is never sent.
  await other.getByRole("button", { name: `Following ${author.username}` }).click();
  await toast(other, `You do not follow @${author.username} any more`).getByRole("button", { name: "Undo" }).click();
  await expect(other.getByRole("button", { name: `Following ${author.username}` })).toBeVisible();
  await other.getByRole("button", { name: `Following ${author.username}` }).click();
  await other.goto("/about");
  const isFollowed = () => user.call<{ followed: boolean }>("GET", `/user/${author.username}/`).then((x) => x.followed);
  await expect.poll(isFollowed).toBe(false);
});

test("who was signed out reads why, comes back to where they were, and finds what they wrote", async ({ signedIn, server, allow }) => {
  allow(/status of 401/);
  const author = await Api.register(server.address, "ana");
  const id = await author.write("Answer me");
  const { page, user } = await signedIn("bia");
  const endAll = async () => {
    const sessions = await user.call<{ id: number; current: boolean }[]>("GET", "/user/me/sessions/");
    for (const x of sessions) if (!x.current) await user.call("DELETE", `/user/me/sessions/${x.id}/`);
  };
  await page.goto("/home");
  await composer(page).fill("Half a thou");
  await endAll();
  await page.reload();
  await expect(page.getByText("Your session has ended. Sign in to go on where you were; what you were writing is kept.")).toBeVisible();
  await signInHere(page, user.username);
  await expect(composer(page)).toHaveValue("Half a thou");

  // On a page that is for everybody one goes on reading.
  await page.goto(`/@${author.username}/${id}`);
  const reply = page.getByRole("textbox", { name: `Reply to @${author.username}` });
  await reply.fill("Half an ans");
  await endAll();
  await page.reload();
  await expect(card(page, "Answer me")).toBeVisible();
  await toast(page, "Your session has ended.").getByRole("button", { name: "Sign in" }).click();
  await signInHere(page, user.username);
  await expect(reply).toHaveValue("Half an ans");

  const second = await page.context().newPage();
  await second.goto("/settings");
  await page.goto("/home");
  await expect(composer(page)).toBeVisible();
  await second.getByRole("button", { name: "Sign out" }).click();
  // What is begun and not sent would be gone: that is asked about.
  await second.getByRole("button", { name: "Sign out all the same" }).click();
  await expect(page.getByText("You have signed out in another tab.")).toBeVisible();
});

test("language, theme and dates are the reader's, also of who is not signed in", async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  const id = await author.write("A dated post");
  const page = await visitor({ locale: "en-GB" });
  await page.goto(`/@${author.username}/${id}`);
  await expect(page.locator(".facts time")).toHaveText(/^\d{1,2} \p{L}+ \d{4} at \d\d:\d\d$/u);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "Português (Brasil)" });
  await expect(page.getByRole("heading", { name: "Configurações" })).toBeVisible();
});

test("a bio's names and addresses are links", async ({ visitor, server }) => {
  const author = await Api.register(server.address, "ana");
  await author.describe({ bio: `With @${author.username} at https://example.org/tea, #mate\n\n\n\n\nand more` });
  const page = await visitor();
  await page.goto(`/@${author.username}`);
  const bio = page.locator(".user-header .bio");
  await expect(bio.getByRole("link")).toHaveText([`@${author.username}`, "example.org/tea", "#mate"]);
  expect(await bio.locator(".post-text").innerText()).toBe(`With @${author.username} at example.org/tea, #mate\n\nand more`);
  await bio.getByRole("link", { name: "#mate" }).click();
  await expect(page).toHaveURL(/\/tag\/mate$/);
});
