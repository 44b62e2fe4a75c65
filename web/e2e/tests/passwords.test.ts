import { Api, expect, refused, test, toast } from "../fixtures.ts";

test("a link gives a new password, once, and signs in", async ({ visitor, server, allow }) => {
  const user = await Api.register(server.address, "ana");
  const link = await server.run("reset-password", user.username);
  const page = await visitor();
  const asked: string[] = [];
  page.on("request", (x) => asked.push(x.url() + JSON.stringify(x.headers())));
  await page.goto(link);
  // The token does not stay in the address, and a reload does not lose it.
  await expect(page).toHaveURL(/\/reset-password$/);
  await page.reload();
  await page.getByLabel("New password", { exact: true }).fill("forgotten no more");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(toast(page, "You have a new password.")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByText(`@${user.username}`)).toBeVisible();
  const token = new URL(link).hash.slice(1);
  expect(asked.filter((x) => x.includes(token))).toEqual([]);

  allow(refused(422));
  const later = await visitor();
  await later.goto(link);
  await later.getByLabel("New password", { exact: true }).fill("yet another one");
  await later.getByRole("button", { name: "Save and sign in" }).click();
  await expect(later.getByText("This link is no longer good")).toBeVisible();
});

test("a link for somebody else changes who is signed in", async ({ signedIn, server }) => {
  const { page } = await signedIn("beto");
  const user = await Api.register(server.address, "ana");
  await page.goto("/home");
  await page.goto(await server.run("reset-password", user.username));
  await page.getByLabel("New password", { exact: true }).fill("forgotten no more");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByRole("navigation", { name: "Main" }).getByText(`@${user.username}`)).toBeVisible();
});
