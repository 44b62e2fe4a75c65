import type { Page } from "@playwright/test";
import { Api, card, composer, expect, signedInState, test } from "../fixtures.ts";

const hostile = [
  `<img src=x onerror="window.broken = 1">`,
  `</script><script>window.broken = 2</script><!-- <script>`,
  `javascript:window.broken=3 [x](javascript:window.broken=4)`,
  `https://example.org/"onmouseover="window.broken=5 https://example.org/<svg/onload=window.broken=6>`,
  `{{ constructor.constructor('window.broken = 7')() }}`,
];

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
  const found = await page.evaluate(() => ({
    addresses: [...document.querySelectorAll("[href], [src], [action]")]
      .flatMap((x) => ["href", "src", "action"].map((y) => x.getAttribute(y) ?? ""))
      .filter((x) => /^\s*(javascript|data|vbscript):/i.test(x)),
    handlers: [...document.querySelectorAll("*")].filter((x) => x.getAttributeNames().some((y) => y.startsWith("on")))
      .length,
    pictures: [...document.querySelectorAll("main img, main svg")].filter((x) => !x.closest(".app-icon, .user-avatar, .post-counter, .app-logo, .app-spinner, .post-pictures")).length,
  }));
  expect(found).toEqual({ addresses: [], handlers: 0, pictures: 0 });
}

test("what people write is text and never HTML", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "eve");
  const ids = await author.writeMany(hostile);
  for (const text of hostile) await author.write(text, ids[0]);
  await author.describe({ bio: hostile.join("\n") });
  const user = await Api.register(server.address, "ana");
  await user.follow(author.username);
  await author.write(`@${user.username} ${hostile[0]}`);

  const page = await visitor({ storageState: await signedInState(server.address, user.username) });
  const stranger = await visitor();
  for (const [visiting, path] of [
    [stranger, "/"],
    [stranger, `/@${author.username}`],
    [stranger, `/@${author.username}/${ids[0]}`],
    [stranger, `/search?q=${encodeURIComponent("window broken")}`],
    [page, "/home"],
    [page, "/notifications"],
    [page, `/@${author.username}/followers`],
    [page, `/search?type=user&q=${author.username}`],
  ] as const) {
    await visiting.goto(path);
    await visiting.getByRole("main").getByRole("article").first().waitFor();
    await expectHarmless(visiting);
  }
  await stranger.goto(`/@${author.username}`);
  // Addresses are shown as people read them.
  const shown = hostile.map((x) => x.replace(/^https:\/\/(example\.org)\//, "$1").slice(0, 20));
  for (const text of shown) await expect(stranger.getByText(text).first()).toBeVisible();
});

test("what is typed is text in the editor and after it was sent", async ({ signedIn }) => {
  const { page } = await signedIn("eve");
  await page.goto("/home");
  for (const text of hostile.slice(0, 2)) {
    await composer(page).fill(text);
    await composer(page).press("Control+Enter");
    await expect(card(page, text)).toBeVisible();
  }
  await expectHarmless(page);
});

test("no browser asks another site for a person's picture", async ({ server, visitor }) => {
  const author = await Api.register(server.address, "eve");
  const refused = ["javascript:alert(1)", "data:image/svg+xml,<svg onload=alert(1)>", "//example.org/x.png", "x.png", "http://example.org/x.png", "https://192.168.1.1/x.png"];
  for (const avatar of refused) await expect(author.describe({ avatar })).rejects.toThrow("422");
  await author.describe({ avatar: "https://pictures.example/x.png" });
  const id = await author.write("Look at me");
  const page = await visitor();
  let asked = 0;
  await page.context().route("https://pictures.example/**", (route) => {
    asked++;
    return route.fulfill({ contentType: "image/png", body: picture });
  });
  for (const path of [`/@${author.username}`, `/@${author.username}/${id}`, "/"]) {
    await page.goto(path);
    await card(page, "Look at me").first().waitFor();
    await expectHarmless(page);
  }
  expect(asked).toBe(0);
});
