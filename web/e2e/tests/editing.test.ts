import { card, choose, expect, refused, test, toast } from "../fixtures.ts";

test("an edit shows at once and can be undone", { tag: "@slow" }, async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("The fist draft");
  await page.goto("/home");
  await choose(page, "The fist draft", "Edit");
  const field = page.getByRole("textbox", { name: "Text of the post" });
  await expect(field).toBeFocused();
  await field.fill("The first draft");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(card(page, "The first draft").getByText("edited")).toBeVisible();
  expect(await user.texts()).toEqual(["The first draft"]);

  await toast(page, "Post changed").getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "The fist draft")).toBeVisible();
  await expect.poll(() => user.texts()).toEqual(["The fist draft"]);
});

test("an edit that is cancelled changes nothing", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("Leave me alone");
  await page.goto("/home");
  await choose(page, "Leave me alone", "Edit");
  await page.getByRole("textbox", { name: "Text of the post" }).fill("Something else");
  await page.keyboard.press("Escape");
  await expect(card(page, "Leave me alone")).toBeVisible();
  expect(await user.texts()).toEqual(["Leave me alone"]);
});

test("a deletion that is undone never reached the server", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("Keep me");
  await page.goto("/home");
  await choose(page, "Keep me", "Delete");
  await expect(card(page, "Keep me")).toHaveCount(0);
  await toast(page, "Post deleted").getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "Keep me")).toBeVisible();
  await page.reload();
  await expect(card(page, "Keep me")).toBeVisible();
  expect(await user.texts()).toEqual(["Keep me"]);
});

test("a deletion that nobody undoes is final", async ({ signedIn, allow }) => {
  allow(refused(404));
  const { page, user } = await signedIn("ana");
  const id = await user.write("Forget me");
  await page.goto("/home");
  await choose(page, "Forget me", "Delete");
  await expect.poll(() => user.texts(), { timeout: 30_000 }).toEqual([]);
  await expect(toast(page, "Post deleted")).toHaveCount(0);
  await page.goto(`/@${user.username}/${id}`);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

test("a deletion is final also when the page is closed right after", { tag: "@slow" }, async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("Close the door");
  await page.goto("/home");
  await choose(page, "Close the door", "Delete");
  await expect(card(page, "Close the door")).toHaveCount(0);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => user.texts()).toEqual([]);
});

test("a deletion is final also when another page is opened right after", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("Off we go");
  await page.goto("/home");
  await choose(page, "Off we go", "Delete");
  await expect(card(page, "Off we go")).toHaveCount(0);
  await page.goto("/docs");
  await expect.poll(() => user.texts()).toEqual([]);
});
