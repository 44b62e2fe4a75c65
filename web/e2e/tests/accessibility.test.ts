import { AxeBuilder } from "@axe-core/playwright";
import { everyPage, groups } from "../pages.ts";
import { Api, expect, refused, signedInState, test } from "../fixtures.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** All that can be another in the dark. */
const rulesOfColor = ["color-contrast", "link-in-text-block"];

for (const [group, pattern] of Object.entries(groups)) {
  test(`axe finds nothing to complain of in light and dark: ${group}`, async ({ server, visitor, allow }) => {
    allow(refused(404));
    // Many pages, each looked at twice.
    test.slow();
    const user = await Api.register(server.address, "ana");
    const places = (await everyPage(server.address, user)).filter((x) => firstGroup(x.name) === group);
    expect(places.length, `${pattern}`).toBeGreaterThan(0);
    for (const place of places) {
      const state = place.username ? await signedInState(server.address, place.username) : undefined;
      const page = await visitor({ storageState: state, reducedMotion: "reduce", colorScheme: "light" });
      await page.goto(place.path);
      await place.ready(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        // Even the shortest change of a color takes a frame, which a busy machine may be slow to draw.
        await page.waitForFunction(() => !document.getAnimations().some((x) => x instanceof CSSTransition));
        const axe = new AxeBuilder({ page });
        const { violations } = await (colorScheme === "light" ? axe.withTags(rules) : axe.withRules(rulesOfColor)).analyze();
        const found = violations.map((x) => `${x.id}: ${x.help}\n${x.nodes.map((y) => y.html).join("\n")}`);
        expect.soft(found, `${place.name}, ${colorScheme}`).toEqual([]);
      }
      await page.context().close();
    }
  });
}

test("every page is in a group", async ({ server }) => {
  const places = await everyPage(server.address, await Api.register(server.address, "ana"));
  expect(places.filter((x) => !firstGroup(x.name)).map((x) => x.name)).toEqual([]);
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

function firstGroup(name: string): string | undefined {
  return Object.entries(groups).find(([, pattern]) => pattern.test(name))?.[0];
}
