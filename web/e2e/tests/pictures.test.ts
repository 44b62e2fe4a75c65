import { crc32, deflateSync } from "node:zlib";
import { card, composer, expect, post, test } from "../fixtures.ts";

/** A PNG of one colour. */
function png(width: number, height: number, colour: [number, number, number]): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const whole = Buffer.alloc(named.length + 8);
    whole.writeUInt32BE(data.length);
    named.copy(whole, 4);
    whole.writeUInt32BE(crc32(named), whole.length - 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(colour))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

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
