import { Api, card, disconnected, expect, signedInState, test } from "../fixtures.ts";
import { PampsServer } from "../server.ts";

test("without a connection the client opens with the last timeline and says that it is old", async ({ visitor, allow }) => {
  allow(disconnected);
  const server = await PampsServer.start();
  try {
    const ana = await Api.register(server.address, "ana");
    await ana.write("Read on the train");
    const page = await visitor({
      baseURL: server.address,
      serviceWorkers: "allow",
      storageState: await signedInState(server.address, ana.username),
    });
    await page.goto("/home");
    await expect(card(page, "Read on the train")).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    // The first page came before there was anybody to keep it.
    await page.reload();
    const isKept = () => page.evaluate(async () => Boolean(await caches.match("/home")));
    await expect.poll(isKept).toBe(true);
    await expect(card(page, "Read on the train")).toBeVisible();
    await expect(page.getByText("No connection. Posts as of")).toHaveCount(0);

    await server.stop();
    for (const path of ["/home", "/settings"]) {
      await page.goto(path);
      await expect(page.getByRole("navigation", { name: "Main" }).first()).toBeVisible();
    }
    await page.goto("/home");
    await expect(page.getByText("No connection. Posts as of")).toBeVisible();
    await expect(card(page, "Read on the train")).toBeVisible();
    await expect(page.getByText("The server cannot be reached")).toBeVisible();
    // Nothing of the API is kept beside the page's own storage.
    expect(await page.evaluate(async () => (await (await caches.open("pamps-files")).keys()).map((x) => new URL(x.url).pathname).filter((x) => !x.startsWith("/assets/")))).toEqual(["/home"]);
  } finally {
    await server.stop();
  }
});

test("who signs out leaves nothing of what they read", async ({ signedIn }) => {
  const { page, user } = await signedIn("bia");
  await user.write("For my eyes");
  await page.goto("/home");
  await expect(card(page, "For my eyes")).toBeVisible();
  const stored = () => page.evaluate(() => Object.values(localStorage).join());
  await expect.poll(stored).toContain("For my eyes");
  await page.goto("/settings");
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page).not.toHaveURL(/settings/);
  expect(await stored()).not.toContain("For my eyes");
});
