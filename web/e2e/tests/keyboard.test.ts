import type { Page } from "@playwright/test";
import { card, composer, expect, test } from "../fixtures.ts";

/** Presses Tab until the element with this name has the focus; what is passed must show that it has it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    const { label, visible } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const looks = [element, element.closest(".post-composer, form, label, li"), element.parentElement];
      return {
        label: element.getAttribute("aria-label") || element.textContent || "",
        visible: looks.some((x) => {
          if (!x) return false;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(x);
          return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
        }),
      };
    });
    expect(visible, `the focus on "${label.trim()}" is to be seen`).toBe(true);
    if (name.test(label.trim())) return;
  }
  throw new Error(`Tab did not lead to ${name}`);
}

test("a post is written with the keyboard alone", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  await tabTo(page, /^What is going on\?$/);
  await page.keyboard.type("No mouse was harmed");
  await page.keyboard.press("Control+Enter");
  await expect(card(page, "No mouse was harmed")).toBeVisible();

  await page.keyboard.type("With the button this time");
  await tabTo(page, /^Post$/);
  await page.keyboard.press("Enter");
  await expect(card(page, "With the button this time")).toBeVisible();
});

test("the skip link comes first and leads past the navigation", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main")!.contains(document.activeElement))).toBe(true);
});

test("single keys go through the posts, like, write and search", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.writeMany(["The oldest", "The middle", "The newest"]);
  await page.goto("/home");
  await expect(card(page, "The oldest")).toBeVisible();
  await page.keyboard.press("j");
  await expect(card(page, "The newest")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(card(page, "The oldest")).toBeFocused();
  await page.keyboard.press("k");
  await expect(card(page, "The middle")).toBeFocused();
  await page.keyboard.press("l");
  await expect(card(page, "The middle").getByRole("button", { name: "Like, 1 like" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("jkln");
  await expect(page.getByRole("searchbox")).toHaveValue("jkln");

  await card(page, "The middle").focus();
  await page.keyboard.press("r");
  await expect(page.getByRole("dialog").getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await card(page, "The middle").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Post", exact: true })).toBeVisible();
});

test("a dialog keeps the focus and gives it back", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  // The composer that is in sight already is the one that is opened.
  await page.keyboard.press("n");
  await expect(composer(page)).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto("/notifications");
  await expect(page.getByRole("main").getByRole("heading", { name: "Notifications" })).toBeVisible();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New post" });
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await tabTo(page, /^New post$/);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Kept when closed");
  for (const key of ["Tab", "Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
    await page.keyboard.press(key);
    expect(await dialog.evaluate((x) => x.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("button", { name: "New post" })).toBeFocused();
  await page.goto("/home");
  await expect(composer(page)).toHaveValue("Kept when closed");
});

test("the menu of a post works with the arrow keys and gives the focus back", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.write("Choose me");
  await page.goto("/home");
  const trigger = card(page, "Choose me").getByRole("button", { name: "More actions" });
  await trigger.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Edit" })).not.toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(trigger).toBeFocused();
});

test("the shortcuts can be looked up and switched off", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/home");
  await expect(page.getByText("Quiet in here")).toBeVisible();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("n");
  await page.keyboard.press("/");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).not.toBeFocused();
});

test("the focus goes on beside what was deleted, and comes back with it and to where one came from", async ({ signedIn }) => {
  const { page, user } = await signedIn("ana");
  await user.writeMany(["The oldest", "The middle", "The newest"]);
  await page.goto("/home");
  await card(page, "The middle").getByRole("button", { name: "More actions" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Edit" }).press("End");
  await page.keyboard.press("Enter");
  await expect(card(page, "The oldest")).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await expect(card(page, "The middle")).toBeFocused();

  await card(page, "The oldest").locator("a.when").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("No replies yet")).toBeVisible();
  await page.goBack();
  await expect(card(page, "The oldest").locator("a.when")).toBeFocused();
});
