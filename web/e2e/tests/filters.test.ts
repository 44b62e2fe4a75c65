import { complaintsOfAxe } from "../axe.ts";
import { Api, card, expect, test, toast, unique } from "../fixtures.ts";

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

test("words are filtered from a post's menu, folded posts are shown anyway, and a deletion is taken back", async ({ signedIn, server }) => {
  const { page, user } = await signedIn("ana");
  const beto = await Api.register(server.address, "beto");
  await user.follow(beto.username);
  const tag = unique("ballot");
  await beto.write(`Everybody to the polls #${tag}`);
  await beto.write("Good morning");

  await page.goto("/home");
  await card(page, "Everybody to the polls").getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Filter words like these" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Words", { exact: true })).toHaveValue(`#${tag}`);
  await dialog.getByLabel("Name").fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Give it a name.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Elections");
  expect(await complaintsOfAxe(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(toast(page, "Filter saved")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Elections" })).toContainText("1 word");

  await page.goto("/home");
  for (const size of [phone, desk]) {
    await page.setViewportSize(size);
    const folded = page.getByRole("article", { name: /Filtered: Elections/ });
    await expect(folded).toBeVisible();
    await expect(page.getByText("Everybody to the polls")).toHaveCount(0);
    expect(await complaintsOfAxe(page)).toEqual([]);
  }
  await page.getByRole("button", { name: "Show anyway" }).click();
  await expect(page.getByText("Everybody to the polls")).toBeVisible();

  await page.goto("/settings/filters");
  await page.getByRole("button", { name: "Edit the filter Elections" }).click();
  await dialog.getByText("Leave out").click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Elections" })).toContainText("leaves out");
  await page.goto("/home");
  await expect(card(page, "Good morning")).toBeVisible();
  await expect(page.getByText("Everybody to the polls")).toHaveCount(0);

  await page.goto("/settings/filters");
  await page.getByRole("button", { name: "Delete the filter Elections" }).click();
  await expect(page.getByRole("heading", { name: "No filters" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Edit the filter Elections" })).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
});
