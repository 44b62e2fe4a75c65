import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { complaintsOfAxe } from "../axe.ts";
import { Api, card, choose, composer, expect, post, test, toast } from "../fixtures.ts";
import { halves, png } from "../png.ts";

const green = { name: "meadow.png", mimeType: "image/png", buffer: png(640, 360, [80, 160, 90]) };
const red = { name: "barn.png", mimeType: "image/png", buffer: png(300, 400, [170, 60, 50]) };

test("pictures are chosen, described, taken away and posted, and everybody sees them in their places", async ({ signedIn, server, page: visitor }) => {
  const { page, user } = await signedIn("ana");
  await page.goto("/home");
  await composer(page).waitFor();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add pictures" }).click();
  // The second comes once the first is being described.
  let goOn = () => {};
  const isDescribed = new Promise<void>((resolve) => (goOn = resolve));
  await page.route("**/media/", async (route) => {
    if (await page.getByRole("textbox", { name: "Description of picture 1" }).isVisible()) await isDescribed;
    await route.continue();
  });
  await (await choosing).setFiles([green, red]);
  await page.getByRole("textbox", { name: "Description of picture 1" }).fill("A meadow in the morning");
  goOn();
  await expect(page.getByRole("textbox", { name: "Description of picture 2" })).toBeVisible();
  // In the order in which they were chosen, though the second is the smaller.
  const shapes = () => page.locator(".composer-pictures img").evaluateAll((all) => all.map((x) => (x as HTMLImageElement).naturalWidth));
  await expect.poll(shapes).toEqual([640, 300]);
  await page.getByRole("button", { name: "Take picture 2 away" }).click();
  await expect(page.getByRole("textbox", { name: "Description of picture 2" })).toHaveCount(0);

  // What is on its way to a post outlives the page.
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toContain("A meadow in the morning");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toHaveValue("A meadow in the morning");
  await post(page, "Look at that");
  const picture = card(page, "Look at that").getByRole("img", { name: "A meadow in the morning" });
  await expect(picture).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toHaveCount(0);

  await visitor.goto(`${server.address}/@${user.username}`);
  const seen = card(visitor, "Look at that").getByRole("img", { name: "A meadow in the morning" });
  await expect.poll(() => seen.evaluate((x: HTMLImageElement) => x.complete && x.naturalWidth > 0)).toBe(true);
  const box = (await seen.boundingBox())!;
  expect(box.width / box.height).toBeCloseTo(640 / 360, 1);
});

test("a picture without words is pasted and posted; what is none says why and can be tried again", async ({ signedIn, allow }) => {
  allow(/status of 415/);
  const { page, user } = await signedIn("bia");
  await page.goto("/home");
  const send = page.getByRole("main").getByRole("button", { name: "Post", exact: true });
  await composer(page).waitFor();
  await page.getByRole("button", { name: "Add pictures" }).waitFor();
  await expect(send).toBeDisabled();
  const paste = (bytes: number[], name: string) =>
    composer(page).evaluate(
      (field, file) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: "image/png" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
      },
      { bytes, name },
    );
  await paste([1, 2, 3], "broken.png");
  await expect(page.getByText(/^broken.png: This is no picture/)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/^broken.png: This is no picture/)).toBeVisible();
  await page.getByRole("button", { name: "Do not send broken.png" }).click();
  await paste([...red.buffer], "barn.png");
  await page.getByRole("textbox", { name: "Description of picture 1" }).waitFor();
  await send.click();
  await expect(page.getByRole("main").getByRole("img", { name: "A picture without a description" })).toBeVisible();
  expect(await user.texts()).toEqual([""]);
});

test("what matters of a picture is chosen by a tap or by keys, and stays where it is cut", async ({ signedIn }) => {
  const { page, user } = await signedIn("hugo", { viewport: { width: 320, height: 700 } });
  await page.goto("/home");
  await composer(page).waitFor();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Add pictures" }).click();
  await (await choosing).setFiles([{ ...green, buffer: halves(640, 320) }, red]);
  await page.getByRole("button", { name: "What stays in sight of picture 2 where it is cut" }).waitFor();
  const preview = page.getByRole("button", { name: "What stays in sight of picture 1 where it is cut" });
  await preview.click();
  const stage = page.getByRole("application", { name: "What stays in sight of picture 1 where it is cut" });
  const { width, height } = (await stage.boundingBox())!;
  await stage.click({ position: { x: width - 1, y: height / 2 } });
  await page.keyboard.press("ArrowLeft");
  await expect(preview.locator("img")).toHaveCSS("object-position", /^9[5-9](\.\d+)?% 50%$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  // Leaving it before the pause saves it, too.
  const saved = page.waitForResponse((x) => x.request().method() === "PATCH" && x.ok());
  await preview.click();
  await saved;
  await post(page, "To the right");
  const shown = card(page, "To the right").getByRole("img").first();
  await expect(shown).toHaveCSS("object-position", /^9[5-9](\.\d+)?% 50%$/);
  const [{ media } = { media: [] }] = await user.call<{ media: { focus: { x: number } }[] }[]>("GET", `/post/user/${user.username}/`);
  expect(media[0]!.focus.x).toBeGreaterThan(0.9);
});

test("the order of pictures is changed by buttons and by dragging, before a post is sent and afterwards", async ({ signedIn }) => {
  const { page, user } = await signedIn("iris", { viewport: { width: 320, height: 900 } });
  const blue = { name: "lake.png", mimeType: "image/png", buffer: png(200, 200, [40, 80, 200]) };
  await page.goto("/home");
  await composer(page).waitFor();
  await page.getByRole("button", { name: "Add pictures" }).waitFor();
  await page.locator("input[type=file]").setInputFiles([green, red, blue]);
  const widths = () => page.locator(".composer-pictures img").evaluateAll((all) => all.map((x) => (x as HTMLImageElement).naturalWidth));
  await expect.poll(widths).toEqual([640, 300, 200]);
  await page.getByRole("button", { name: "Move picture 1 down" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(widths).toEqual([300, 640, 200]);
  // The focus goes with the picture, and stays on what can be pressed.
  await expect(page.getByRole("button", { name: "Move picture 2 down" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(widths).toEqual([300, 200, 640]);
  await expect(page.getByRole("button", { name: "Move picture 3 up" })).toBeFocused();

  const grip = async (number: number) => (await page.getByRole("button", { name: `What stays in sight of picture ${number} ` }).boundingBox())!;
  const drag = async (from: number, to: number) => {
    const [a, b] = [await grip(from), await grip(to)];
    await page.mouse.move(a.x + 20, a.y + 20);
    await page.mouse.down();
    await page.mouse.move(b.x + 20, b.y + b.height - 2, { steps: 6 });
    if (to < from) await page.mouse.move(b.x + 20, b.y + 4, { steps: 3 });
    await page.mouse.up();
  };
  await drag(3, 1);
  await expect.poll(widths).toEqual([640, 300, 200]);
  // It was no click.
  await expect(page.getByRole("application")).toHaveCount(0);
  await post(page, "Three of them");
  await expect(card(page, "Three of them").getByRole("img")).toHaveCount(3);

  await choose(page, "Three of them", "Edit");
  const editor = page.getByRole("form", { name: "Edit" });
  await editor.getByRole("textbox", { name: "Description of picture 3" }).fill("A lake");
  await editor.getByRole("button", { name: "Move picture 3 up" }).click();
  await expect.poll(widths).toEqual([640, 200, 300]);
  await editor.getByRole("button", { name: "Take picture 1 away" }).click();
  await editor.locator("input[type=file]").setInputFiles(green);
  await expect.poll(widths).toEqual([200, 300, 640]);
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(editor).toHaveCount(0);
  const media = async () =>
    (await user.call<{ media: { width: number; description: string | null }[] }[]>("GET", `/post/user/${user.username}/`))[0]!.media.map((x) => [x.width, x.description]);
  expect(await media()).toEqual([[200, "A lake"], [300, null], [640, null]]);

  // Only the order is other than before: that can be taken back.
  await choose(page, "Three of them", "Edit");
  await editor.getByRole("button", { name: "Move picture 1 down" }).click();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect.poll(media).toEqual([[300, null], [200, "A lake"], [640, null]]);
  await toast(page, "Post changed").getByRole("button", { name: "Undo" }).click();
  await expect.poll(media).toEqual([[200, "A lake"], [300, null], [640, null]]);
});

test("a picture goes on being sent when its composer is closed, and says how far it is", async ({ signedIn }) => {
  const { page } = await signedIn("jade", { viewport: { width: 390, height: 844 } });
  await page.goto("/notifications");
  await page.getByRole("button", { name: "New post" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add pictures" }).waitFor();
  let goOn = () => {};
  const isSeen = new Promise<void>((resolve) => (goOn = resolve));
  await page.route("**/media/", async (route) => {
    await isSeen;
    await route.continue();
  });
  await dialog.locator("input[type=file]").setInputFiles(green);
  await expect(dialog.getByRole("progressbar", { name: "Sending meadow.png" })).toBeVisible();
  await page.keyboard.press("Escape");
  goOn();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("textbox", { name: "Description of picture 1" })).toBeVisible();
});

test("where no picture is taken, none is offered", async ({ signedIn }) => {
  const { page } = await signedIn("caio");
  await page.route("**/config/", async (route) => {
    const config = (await (await route.fetch()).json()) as { media: { types: string[] } };
    await route.fulfill({ json: { ...config, media: { ...config.media, types: [] } } });
  });
  const answered = page.waitForResponse((x) => x.url().endsWith("/config/"));
  await page.goto("/home");
  await answered;
  await composer(page).fill("Words are enough");
  await expect(page.getByRole("button", { name: "Add pictures" })).toHaveCount(0);
});

test("pictures fill the screen, by keyboard and by touch, with their words", async ({ server, visitor }) => {
  const user = await Api.register(server.address, "dora");
  await user.show("Two of them", [green.buffer, "A meadow"], [red.buffer, "A barn"]);
  for (const size of [{ width: 1280, height: 800 }, { width: 320, height: 640 }, { width: 740, height: 340 }]) {
    const page = await visitor({ viewport: size, hasTouch: size.width < 1000, reducedMotion: "reduce" });
    await page.goto(`/@${user.username}`);
    const opener = card(page, "Two of them").getByRole("link", { name: "A meadow" });
    await opener.click();
    const viewer = page.getByRole("dialog", { name: "Picture 1 of 2" });
    await expect(viewer.getByRole("img", { name: "A meadow" })).toBeVisible();
    await expect(viewer.getByRole("button", { name: "Previous picture" })).toBeDisabled();
    await page.keyboard.press("ArrowRight");
    const second = page.getByRole("dialog", { name: "Picture 2 of 2" });
    const picture = second.getByRole("img", { name: "A barn" });
    await expect(second.getByText("A barn")).toBeVisible();
    // Whole, and in its own shape.
    await expect
      .poll(async () => {
        const { x, y, width, height } = (await picture.boundingBox())!;
        const isInside = x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
        return isInside && Math.abs(width / height - 300 / 400) < 0.02;
      })
      .toBe(true);
    expect(await second.getByRole("link", { name: "Open the picture by itself" }).getAttribute("href")).toMatch(/^\/media\/files\//);
    expect(await complaintsOfAxe(page, ".picture-viewer")).toEqual([]);
    // As a finger does it.
    await page.locator(".picture-viewer .strip").evaluate((x) => x.scrollTo({ left: 0, behavior: "instant" }));
    await expect(viewer).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(opener).toBeFocused();
    await page.context().close();
  }
});

test("the way back closes a picture, and closed otherwise it leaves nothing to go back to", async ({ server, visitor }) => {
  const user = await Api.register(server.address, "fabio");
  await user.show("Look", [green.buffer, "A meadow"]);
  const page = await visitor();
  await page.goto("/");
  await card(page, "Look").getByRole("link", { name: user.username }).click();
  await expect(page).toHaveURL(new RegExp(`/@${user.username}$`));
  const opener = card(page, "Look").getByRole("link", { name: "A meadow" });
  const viewer = page.getByRole("dialog", { name: "Picture 1 of 1" });
  for (const closes of [() => page.goBack(), () => page.keyboard.press("Escape"), () => page.getByRole("button", { name: "Close" }).click()]) {
    await opener.click();
    await expect(viewer).toBeVisible();
    await closes();
    await expect(viewer).toHaveCount(0);
    await expect(opener).toBeFocused();
    await expect.poll(() => page.evaluate(() => "over" in history.state)).toBe(false);
    await expect(page).toHaveURL(new RegExp(`/@${user.username}$`));
  }
  await page.goBack();
  await expect(page).toHaveURL(`${server.address}/`);
  await expect(page.getByRole("heading", { name: "Everyone" })).toBeVisible();
});

test("who saves data is told what a picture shows, and loads it by a tap", async ({ server, visitor }) => {
  const user = await Api.register(server.address, "gil");
  await user.show("Heavy", [green.buffer, "A meadow in the morning"], [red.buffer, "A barn"]);
  const page = await visitor({ viewport: { width: 390, height: 844 } });
  const loaded: string[] = [];
  page.on("request", (x) => void (/\/media\/files\//.test(x.url()) && loaded.push(x.url())));
  await page.goto("/settings/look");
  const saving = page.getByRole("switch", { name: "Save data" });
  await expect(saving).toHaveAttribute("aria-checked", "false");
  await saving.click();
  // The post's own page is drawn by the server first.
  const [{ id } = { id: 0 }] = (await (await fetch(`${server.address}/post/user/${user.username}/`)).json()) as { id: number }[];
  for (const path of [`/@${user.username}/${id}`, `/@${user.username}`]) {
    await page.goto(path);
    await expect(card(page, "Heavy").getByText("A meadow in the morning")).toBeVisible();
    await expect(card(page, "Heavy").getByRole("img")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Like/ })).toBeVisible();
  }
  expect(loaded).toEqual([]);
  const held = card(page, "Heavy").getByRole("link", { name: "A meadow in the morning Show the picture" });
  await held.click();
  const picture = card(page, "Heavy").getByRole("img", { name: "A meadow in the morning" });
  await expect.poll(() => picture.evaluate((x: HTMLImageElement) => x.naturalWidth)).toBeGreaterThan(0);
  expect(loaded).toHaveLength(1);
  await card(page, "Heavy").getByRole("link", { name: "A meadow in the morning" }).click();
  await expect(page.getByRole("dialog").getByRole("img", { name: "A meadow in the morning" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card(page, "Heavy").getByText("A barn")).toBeVisible();

  await page.goto("/settings/look");
  await page.getByRole("switch", { name: "Save data" }).click();
  await page.goto(`/@${user.username}`);
  await expect(card(page, "Heavy").getByRole("img")).toHaveCount(2);
});

test("a post can be shown on another site", async ({ signedIn, server, visitor, allow }) => {
  // What looks into the frame here is a script, too.
  allow(/Blocked script execution in .* frame is sandboxed/);
  const { page, user } = await signedIn("eva", { permissions: ["clipboard-read", "clipboard-write"] });
  await user.show("For the other site", [green.buffer, "A meadow"]);
  await user.write("For friends alone", undefined, "followers");
  await page.goto(`/@${user.username}`);
  await choose(page, "For the other site", "Copy the code to embed it");
  await expect(toast(page, "Code copied")).toBeVisible();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  await card(page, "For friends alone").getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Copy the code to embed it" })).toHaveCount(0);

  const other = await visitor();
  // On this machine, as the server is: else a browser asks whether it may.
  const site = createServer((_, response) => response.end(`<!doctype html><title>Other</title><h1>Another site</h1>${code}`));
  await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
  await other.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  const frame = other.frameLocator("iframe");
  await expect(frame.getByText("For the other site")).toBeVisible();
  const picture = frame.getByRole("img", { name: "A meadow" });
  await expect.poll(() => picture.evaluate((x: HTMLImageElement) => x.complete && x.naturalWidth > 0)).toBe(true);
  // All of it, without anything to scroll.
  const room = await frame.locator("html").evaluate((x) => [x.scrollHeight - x.clientHeight, x.scrollWidth - x.clientWidth]);
  expect(room).toEqual([0, 0]);
  const opened = other.waitForEvent("popup");
  await frame.getByRole("link", { name: /^See at/ }).click();
  await expect(await opened).toHaveURL(new RegExp(`^${server.address}/@${user.username}/`));
  site.close();
  site.closeAllConnections();
});

test("a video is encoded and posted with its words, and nothing of it is loaded before somebody plays it", async ({ signedIn, server, page: visitor }) => {
  const { page, user } = await signedIn("livia");
  // To standard output it goes in pieces, since it cannot go back in it.
  const source = "-v error -f lavfi -i testsrc2=s=320x180:r=10:d=1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags frag_keyframe+empty_moov -f mp4 -";
  const buffer = execFileSync("ffmpeg", source.split(" "));
  await page.goto("/home");
  await page.getByRole("button", { name: "Add pictures, video or audio" }).waitFor();
  await page.locator("input[type=file]").setInputFiles({ name: "gull.mp4", mimeType: "video/mp4", buffer });
  await page.getByRole("textbox", { name: "Description of picture 1" }).fill("A gull flies");
  await post(page, "Look how it flies");
  // It is encoded before it is posted, and that takes its time.
  await expect(card(page, "Look how it flies").locator("video")).toBeVisible();

  const asked: string[] = [];
  visitor.on("request", (x) => x.url().endsWith(".mp4") && asked.push(x.url()));
  await visitor.goto(`${server.address}/@${user.username}`);
  const video = card(visitor, "Look how it flies").locator("video");
  await expect(video).toHaveAttribute("aria-label", "A gull flies");
  const box = (await video.boundingBox())!;
  expect(box.width / box.height).toBeCloseTo(320 / 180, 1);
  expect(await complaintsOfAxe(visitor)).toEqual([]);
  expect(asked).toEqual([]);
  await video.evaluate((x: HTMLVideoElement) => ((x.muted = true), x.play()));
  await expect.poll(() => video.evaluate((x: HTMLVideoElement) => x.currentTime)).toBeGreaterThan(0);
});
