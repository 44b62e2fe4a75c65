import { complaintsOfAxe } from "../axe.ts";
import { everyPage, firstGroup, groups, pagesOf } from "../pages.ts";
import { Api, type StorageState, expect, refused, test } from "../fixtures.ts";

/** All that can be another in the dark. */
const rulesOfColor = ["color-contrast", "link-in-text-block"];

for (const group of groups) {
  test(`axe finds nothing to complain of in light and dark: ${group}`, async ({ server, visitor, allow }) => {
    allow(refused(404));
    // Many pages, each looked at twice.
    test.slow();
    const browse = (storageState: StorageState) => visitor({ storageState, reducedMotion: "reduce", colorScheme: "light" });
    for await (const { name, page } of pagesOf(group, server.address, browse)) {
      // In the end the page is light, as the next one is to begin.
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        // Even the shortest change of a color takes a frame, which a busy machine may be slow to draw.
        await page.waitForFunction(() => !document.getAnimations().some((x) => x instanceof CSSTransition));
        const found = await complaintsOfAxe(page, undefined, colorScheme === "light" ? undefined : rulesOfColor);
        expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
      }
    }
  });
}

test("every page is in a group, and every group has one", async ({ server }) => {
  const places = await everyPage(server.address, await Api.register(server.address, "ana"));
  expect(places.filter((x) => !firstGroup(x.name)).map((x) => x.name)).toEqual([]);
  expect([...new Set(places.map((x) => firstGroup(x.name)))].sort()).toEqual(groups.toSorted());
});

test("nothing moves for those who want no motion", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana", { reducedMotion: "reduce" });
  await user.write("Stand still");
  await page.goto("/home");
  await page.getByText("Stand still").waitFor();
  const longest = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll("*")].flatMap((x) => {
        const { transitionDuration, animationDuration } = getComputedStyle(x);
        return `${transitionDuration}, ${animationDuration}`.split(", ").map((y) => parseFloat(y));
      }),
    ),
  );
  expect(longest).toBeLessThanOrEqual(0.01);
});
