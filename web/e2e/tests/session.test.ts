import { createHmac } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { PampsServer } from "../server.ts";
import { Api, card, disconnected, expect, post, signedInState, test } from "../fixtures.ts";

/** An access token of the server's as it would be if it had to end this soon; a minute is the shortest that can be set. */
function shortened(token: string, seconds: number): string {
  const [header, payload = ""] = token.split(".");
  const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  const exp = Math.floor(Date.now() / 1_000) + seconds;
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...claims, exp })).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", PampsServer.secretKey).update(signed).digest("base64url")}`;
}

/**
 * From now on the pages get tokens that live some seconds, and are told that they live `told`, by default less: on a busy machine
 * a token may be some seconds old before it is in the page. Returns what waits until the server itself refuses the last of them.
 */
async function shortenTokens(context: BrowserContext, address: string, told = 3) {
  const seconds = 8;
  const ask = async (token: string) =>
    (await fetch(`${address}/user/me/`, { headers: { Authorization: `Bearer ${token}` } })).status;
  let last = "";
  await context.route("**/session/refresh/", async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { access_token: string };
    last = shortened(answer.access_token, seconds);
    expect(await ask(last)).toBe(200);
    await route.fulfill({ response, json: { ...answer, access_token: last, expires_in: told } });
  });
  return () => expect.poll(() => ask(last), { intervals: [250] }).toBe(401);
}

test.describe("when the access token has expired", () => {
  test("two tabs go on with one refresh, and nobody has to sign in again", async ({ signedIn, server, allow }) => {
    allow(disconnected);
    const { page, user } = await signedIn("ana");
    await user.write("Something to like");
    const context = page.context();
    const untilRefused = await shortenTokens(context, server.address);
    await page.goto("/home");
    const second = await context.newPage();
    await second.goto("/home");
    const like = card(second, "Something to like").getByRole("button", { name: /^Like/ });
    await expect(like).toBeVisible();

    // As on a computer that sleeps, or is in a tunnel, no tab can renew the token in time.
    await context.route("**/session/refresh/", (route) => route.abort("internetdisconnected"));
    await untilRefused();
    await context.unroute("**/session/refresh/");
    const refreshes: number[] = [];
    context.on("response", (x) => x.url().endsWith("/session/refresh/") && refreshes.push(x.status()));

    const liked = second.waitForResponse((x) => x.url().endsWith("/like/") && x.ok());
    await Promise.all([post(page, "From the first tab"), like.click()]);
    await expect(card(page, "From the first tab")).toBeVisible();
    await liked;
    expect(refreshes).toEqual([200]);
    await second.reload();
    await expect(card(second, "From the first tab")).toBeVisible();
    await expect(like).toHaveAttribute("aria-pressed", "true");
  });

  test("a clock that is wrong does not matter", async ({ visitor, server, allow }) => {
    allow(/status of 401/);
    const user = await Api.register(server.address, "bia");
    const page = await visitor({ storageState: await signedInState(server.address, user.username) });
    // The page believes that its token is good for an hour.
    const untilRefused = await shortenTokens(page.context(), server.address, 3_600);
    await page.goto("/home");
    await expect(page.getByText("Quiet in here")).toBeVisible();
    await untilRefused();
    await post(page, "Better late than never");
    await expect(card(page, "Better late than never")).toBeVisible();
    await expect(page).toHaveURL(/\/home$/);
  });
});

test("a reload keeps one signed in, in a browser that was closed too", async ({ signedIn, visitor }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await page.reload();
  const me = (x: Page) => x.getByRole("navigation", { name: "Main" }).getByText(`@${user.username}`);
  await expect(me(page)).toBeVisible();
  await expect(page.getByText("Quiet in here")).toBeVisible();
  const later = await visitor({ storageState: await page.context().storageState() });
  await later.goto("/notifications");
  await expect(later.getByText("Nothing new yet")).toBeVisible();
  await expect(me(later)).toBeVisible();
});

test("signing out in one tab signs out the other, and the server forgets the login", { tag: "@slow" }, async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/settings");
  const second = await page.context().newPage();
  await second.goto("/home");
  await expect(second.getByText("Quiet in here")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(second).toHaveURL(/\/sign-in/);
  await expect(second.getByText(`@${user.username}`)).toHaveCount(0);
  expect(await page.context().cookies()).toEqual([]);
  // The one that the tests prepare data with stays.
  const sessions = () => user.call<unknown[]>("GET", "/user/me/sessions/").then((x) => x.length);
  await expect.poll(sessions).toBe(1);
});

for (const late of ["the page", "the answer"]) {
  test(`a login that is ended from elsewhere leads to the sign-in page, also when ${late} comes late`, async ({ signedIn, allow }) => {
    allow(/status of 401/);
    const { page, user } = await signedIn("ana");
    await page.goto("/home");
    await expect(page.getByText("Quiet in here")).toBeVisible();
    const sessions = await user.call<{ id: number; current: boolean }[]>("GET", "/user/me/sessions/");
    for (const { id, current } of sessions) if (!current) await user.call("DELETE", `/user/me/sessions/${id}/`);
    const refused = page.waitForResponse((x) => x.url().endsWith("/session/refresh/") && x.status() === 401);
    await page.route(late === "the page" ? /\/assets\/HomePage/ : /\/session\/refresh\//, async (route) => {
      await (late === "the page" ? refused.then(() => page.waitForTimeout(200)) : page.waitForTimeout(500));
      await route.continue();
    });
    await page.reload();
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test("the account is deleted with name and password only", { tag: "@slow" }, async ({ signedIn, server }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/settings");
  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(dialog.getByText("That is not your user name.")).toBeVisible();
  await dialog.getByRole("textbox", { name: /Type your user name/ }).fill(user.username);
  await dialog.getByLabel("Password", { exact: true }).fill(Api.password);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect.poll(async () => (await fetch(`${server.address}/user/${user.username}/`)).status).toBe(404);
});
