import { card, composer, expect, post, test, toast } from "../fixtures.ts";
import { halves, png } from "../png.ts";

const face = { name: "face.png", mimeType: "image/png", buffer: png(400, 400, [200, 140, 90]) };
const beach = { name: "beach.png", mimeType: "image/png", buffer: png(1200, 400, [90, 150, 200]) };

test("a name, pictures and facts are set in the settings and seen by everybody", async ({ signedIn, server, page: visitor }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/settings");
  await page.getByRole("textbox", { name: "Your name" }).fill("Ana María 👩‍🌾");
  await page.getByRole("textbox", { name: "Fact 1: what it is" }).fill("Site");
  await page.getByRole("textbox", { name: "Fact 1: what you say of it" }).fill("https://example.org/ana");
  // What is left empty between them is none.
  await page.getByRole("textbox", { name: "Fact 3: what it is" }).fill("Place");
  await page.getByRole("textbox", { name: "Fact 3: what you say of it" }).fill("By the sea");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(toast(page, "Saved.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Fact 2: what it is" })).toHaveValue("Place");

  for (const [part, file] of [["Header", beach], ["Picture", face]] as const) {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("group", { name: part, exact: true }).getByRole("button", { name: "Choose a picture" }).click();
    await (await choosing).setFiles(file);
    await page.getByRole("dialog").getByRole("button", { name: "Use this part" }).click();
    await expect(page.getByRole("group", { name: part, exact: true }).getByRole("button", { name: "Remove" })).toBeVisible();
  }
  await expect(page.locator(".profile-pictures .header img")).toHaveJSProperty("complete", true);
  // Saving the rest leaves the pictures alone.
  await page.getByRole("textbox", { name: "About you" }).fill("Coffee and birds.");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect.poll(async () => (await (await fetch(`${server.address}/user/${user.username}/`)).json()).bio).toBe("Coffee and birds.");

  await page.goto("/home");
  await composer(page).waitFor();
  await post(page, "Good morning");
  await expect(card(page, "Good morning").getByRole("link", { name: "Ana María 👩‍🌾" })).toBeVisible();
  await expect(card(page, "Good morning")).toContainText(`@${user.username}`);

  await visitor.goto(`/@${user.username}`);
  await expect(visitor).toHaveTitle(`Ana María 👩‍🌾 (@${user.username}) · Pamps`);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Ana María 👩‍🌾");
  const header = visitor.locator(".user-header");
  await expect(header).toContainText(`@${user.username}`);
  await expect(header.getByRole("link", { name: "example.org/ana" })).toHaveAttribute("href", "https://example.org/ana");
  for (const image of [header.locator(".picture img"), header.locator(".user-avatar img"), card(visitor, "Good morning").locator(".user-avatar img")]) {
    await expect.poll(() => image.evaluate((x: HTMLImageElement) => x.naturalWidth)).toBeGreaterThan(0);
  }
  for (const width of [390, 1280]) {
    await visitor.setViewportSize({ width, height: 800 });
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await visitor.screenshot({ path: test.info().outputPath(`profile-${width}.png`) });
    await page.setViewportSize({ width, height: 1200 });
    await page.goto("/settings");
    await page.getByRole("group", { name: "Picture", exact: true }).waitFor();
    await page.screenshot({ path: test.info().outputPath(`settings-${width}.png`) });
  }

  await page.getByRole("group", { name: "Picture", exact: true }).getByRole("button", { name: "Remove" }).click();
  await expect(page.locator(".profile-pictures .user-avatar img")).toHaveCount(0);
  await visitor.reload();
  await expect(visitor.locator(".user-header .user-avatar")).toHaveText("A");
  await expect(visitor.locator(".user-header .picture img")).toBeVisible();
});

test("of a picture the part is chosen that stays, by pointer and by keys, and nothing changes before", async ({ signedIn, server, allow }) => {
  // The test looks at the pixels.
  allow(/willReadFrequently/);
  const { page, user } = await signedIn("bia", { viewport: { width: 320, height: 640 } });
  await page.goto("/settings");
  const sent: string[] = [];
  page.on("request", (x) => {
    const { pathname } = new URL(x.url());
    // A page that was opened just now is still signing in.
    if (x.method() !== "GET" && pathname !== "/session/refresh/") sent.push(pathname);
  });
  const choose = async (part: string) => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("group", { name: part, exact: true }).getByRole("button", { name: "Choose a picture" }).click();
    // Left half red, right half blue.
    await (await choosing).setFiles({ name: "halves.png", mimeType: "image/png", buffer: halves(800, 400) });
    await expect(page.getByRole("dialog")).toBeVisible();
  };
  const stage = page.getByRole("application", { name: "The part that will be seen" });
  const colours = () =>
    stage.locator("canvas").evaluate((x: HTMLCanvasElement) => {
      const at = (part: number) => [...x.getContext("2d")!.getImageData(Math.floor(part * (x.width - 1)), x.height / 2, 1, 1).data].slice(0, 3);
      return [at(0), at(1)].map(([red = 0, , blue = 0]) => (red > blue ? "red" : "blue")).join();
    });

  await choose("Picture");
  await expect.poll(colours).toBe("red,blue");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await choose("Picture");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(sent).toEqual([]);

  await choose("Picture");
  const { x, y, width, height } = (await stage.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 2 * width, y + height / 2, { steps: 3 });
  await page.mouse.up();
  await expect.poll(colours).toBe("blue,blue");
  await stage.focus();
  for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(colours).toBe("red,red");
  await page.keyboard.press("+");
  await expect(page.getByRole("slider", { name: "Size" })).not.toHaveValue("1");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.getByRole("button", { name: "Use this part" }).click();
  await expect(page.getByRole("group", { name: "Picture", exact: true }).getByRole("button", { name: "Remove" })).toBeVisible();
  const shown = page.locator(".profile-pictures .user-avatar img");
  await expect.poll(() => shown.evaluate((x: HTMLImageElement) => x.naturalWidth > 0 && x.naturalWidth / x.naturalHeight)).toBe(1);

  await choose("Header");
  await page.getByRole("button", { name: "Use this part" }).click();
  await expect(page.getByRole("group", { name: "Header", exact: true }).getByRole("button", { name: "Remove" })).toBeVisible();
  const { header } = (await (await fetch(`${server.address}/user/${user.username}/`)).json()) as { header: { width: number; height: number } };
  expect(header.width / header.height).toBeCloseTo(3, 1);
});

test("a picture that is none is refused beside it, and the one before stays", async ({ signedIn, allow }) => {
  allow(/status of 415/);
  const { page } = await signedIn("ana");
  await page.goto("/settings");
  const part = page.getByRole("group", { name: "Picture", exact: true });
  const choosing = page.waitForEvent("filechooser");
  await part.getByRole("button", { name: "Choose a picture" }).click();
  await (await choosing).setFiles({ name: "face.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(part.getByRole("alert")).toHaveText("This is no picture that can be shown here: JPEG, PNG, WebP, GIF and AVIF can.");
  await expect(part.getByRole("button", { name: "Remove" })).toHaveCount(0);
});

test("what is wrong with a name or a fact is told beside it", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/settings");
  await page.getByRole("textbox", { name: "Your name" }).fill("n".repeat(41));
  await page.getByRole("textbox", { name: "Fact 2: what it is" }).fill("Place");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("At most 40 characters.")).toBeVisible();
  await expect(page.getByText("Please fill this in.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
});

test("a post is pinned by its menu, stands first on the profile, and comes off again", async ({ signedIn, server, page: visitor }) => {
  const { page, user } = await signedIn("ana");
  await user.write("The one to pin");
  await user.write("A later one");
  await page.goto(`/@${user.username}`);
  const choose = async (item: string) => {
    await card(page, "The one to pin").first().getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  // The page shows it before the server knows.
  const known = async () => (await (await fetch(`${server.address}/post/pinned/${user.username}/`)).json()).length;
  await choose("Pin to your profile");
  const pinned = page.getByRole("region", { name: "Pinned" });
  await expect(pinned.getByRole("article")).toHaveCount(1);
  await expect(toast(page, "Pinned to your profile")).toBeVisible();
  await expect.poll(known).toBe(1);

  await visitor.goto(`/@${user.username}`);
  await expect(visitor.getByRole("region", { name: "Pinned" }).getByRole("article")).toContainText("The one to pin");
  await visitor.screenshot({ path: test.info().outputPath("pinned.png") });
  await expect(visitor.getByRole("main").getByRole("article").first()).toContainText("The one to pin");
  await choose("Take off your profile");
  await expect(pinned).toHaveCount(0);
  await expect.poll(known).toBe(0);
  await visitor.reload();
  await expect(card(visitor, "A later one")).toBeVisible();
  await expect(visitor.getByRole("region", { name: "Pinned" })).toHaveCount(0);
});
