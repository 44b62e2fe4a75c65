import type { Page } from "@playwright/test";
import axe from "axe-core";
import { Api, expect, refused, test } from "../fixtures.ts";

const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" as const };
const redirect = "http://127.0.0.1:9/callback";

type Answer = Record<string, unknown>;

async function send(address: string, path: string, form: Record<string, string>): Promise<Answer> {
  const response = await fetch(address + path, { method: "POST", body: new URLSearchParams(form) });
  return (await response.json()) as Answer;
}

async function hasNoFaults(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  expect(violations.map((x) => `${x.id}: ${x.nodes.map((y) => y.html).join("\n")}`)).toEqual([]);
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(320);
}

test("a program is let in on a phone, reads, and is ended in the settings", async ({ server, visitor, allow }) => {
  allow(refused(401));
  allow(refused(422));
  const user = await Api.register(server.address, "ana");
  const app = await send(server.address, "/api/v1/apps", {
    client_name: "Bird <i>watch</i>",
    redirect_uris: `${redirect}\nurn:ietf:wg:oauth:2.0:oob`,
    scopes: "read write",
    website: "https://birds.example",
  });
  const client = { client_id: String(app.client_id), client_secret: String(app.client_secret) };
  const question = (more: Record<string, string> = {}) =>
    `/oauth/authorize?${new URLSearchParams({ response_type: "code", client_id: client.client_id, redirect_uri: redirect, scope: "read write:statuses", state: "a b&c", ...more })}`;
  const page = await visitor(phone);
  await page.route(`${redirect}**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>back</title>" }));

  // Signs in first, and comes back.
  const policy = (await page.goto(question()))!.headers()["content-security-policy"];
  expect(policy).toContain("frame-ancestors 'none'");
  await page.getByLabel("User name or e-mail").fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Let Bird <i>watch</i> in?" })).toBeVisible();
  await expect(page.getByText("change posts")).toBeVisible();
  await expect(page.getByText(`You are signed in as @${user.username}.`)).toBeVisible();
  await hasNoFaults(page);
  await page.getByRole("button", { name: "Cancel" }).tap();
  await page.waitForURL(/error=access_denied&state=a%20b%26c&iss=/);

  await page.goto(question());
  await page.getByRole("button", { name: "Let in" }).tap();
  await page.waitForURL(/code=/);
  const back = new URL(page.url()).searchParams;
  expect(back.get("state")).toBe("a b&c");
  expect(back.get("iss")).toBe(server.address);
  const token = await send(server.address, "/oauth/token", {
    ...client,
    grant_type: "authorization_code",
    code: back.get("code")!,
    redirect_uri: redirect,
  });
  const read = () => fetch(`${server.address}/user/timeline/`, { headers: { Authorization: `Bearer ${String(token.access_token)}` } });
  expect((await read()).status).toBe(200);

  // One that is shown to be copied, and one that asks wrongly.
  await page.goto(question({ redirect_uri: "urn:ietf:wg:oauth:2.0:oob" }));
  await page.getByRole("button", { name: "Let in" }).tap();
  await expect(page.locator("code")).toHaveText(/^[\w-]{43}$/);
  await hasNoFaults(page);
  await page.goto(question({ redirect_uri: `${redirect}x` }));
  await expect(page.getByText("has not registered")).toBeVisible();
  await hasNoFaults(page);

  await page.goto("/settings");
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByText("Bird <i>watch</i> (program)")).toBeVisible();
  await hasNoFaults(page);
  await sessions.getByRole("button", { name: "End the session of Bird <i>watch</i>" }).tap();
  await expect(sessions.getByText("Bird <i>watch</i> (program)")).toHaveCount(0);
  expect((await read()).status).toBe(401);
});
