import { expect, test } from "../fixtures.ts";

test("the language is chosen in the settings and kept", async ({ signedIn }) => {
  const { page } = await signedIn("ana");
  await page.goto("/settings");
  await page.getByLabel("Language", { exact: true }).selectOption({ label: "Português (Brasil)" });
  await expect(page.getByRole("heading", { level: 1, name: "Configurações" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Configurações" })).toBeVisible();
  await page.goto("/home");
  await expect(page.getByRole("main").getByRole("textbox", { name: "O que está acontecendo?" })).toBeVisible();

  await page.goto("/settings");
  await page.getByLabel("Idioma", { exact: true }).selectOption({ label: "English" });
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

test("a browser in Portuguese gets Portuguese", async ({ visitor }) => {
  const page = await visitor({ locale: "pt-BR" });
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Que bom ver você de novo" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Principal" }).getByRole("link", { name: "Busca" })).toBeVisible();
  await expect(page).toHaveTitle(/^Entrar/);
});

test("a browser in a language that there is not gets English", async ({ visitor }) => {
  const page = await visitor({ locale: "fi-FI" });
  await page.goto("/about");
  await expect(page.getByRole("heading", { name: "About Pamps" })).toBeVisible();
});

test("the theme is chosen in the settings and is there before the first paint", async ({ signedIn }) => {
  const { page } = await signedIn("ana", { colorScheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto("/settings");
  const light = await background();
  await page.getByText("Dark", { exact: true }).click();
  await expect.poll(background).not.toBe(light);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
