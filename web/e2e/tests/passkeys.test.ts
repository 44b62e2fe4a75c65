import type { Page } from "@playwright/test";
import { complaintsOfAxe } from "../axe.ts";
import { Api, expect, refused, signedInState, test, toast } from "../fixtures.ts";
import { PampsServer } from "../server.ts";
import { codeOf } from "../totp.ts";

let site: PampsServer;
/** Browsers offer passkeys at https and at localhost alone. */
let address: string;

test.beforeAll(async () => {
  site = await PampsServer.start({ PAMPS_SITE__ADDRESS: "http://localhost:{port}" });
  address = site.address.replace("127.0.0.1", "localhost");
});
test.afterAll(() => site.stop());

/** A device that says yes, as if its owner had touched it. */
async function giveDevice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is added in the settings, and signs in alone and beside the password", async ({ visitor, allow }) => {
  allow(refused(401));
  allow(refused(422));
  const user = await Api.register(address, "ana");
  const page = await visitor({
    baseURL: address,
    reducedMotion: "reduce",
    storageState: await signedInState(address, user.username),
  });
  await giveDevice(page);
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Passkeys" });
  const add = async () => {
    await section.getByRole("button", { name: "Add a passkey" }).click();
    await section.getByLabel("Current password").fill(Api.password);
    await section.getByRole("button", { name: "Add", exact: true }).click();
  };
  await section.getByRole("button", { name: "Add a passkey" }).click();
  await expect(section.getByLabel("Name")).toHaveValue("Chrome on Linux");
  await section.getByLabel("Current password").fill("wrong");
  await section.getByRole("button", { name: "Add", exact: true }).click();
  await expect(section.getByText("not right")).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await section.getByRole("button", { name: "Cancel" }).click();
  await add();
  await expect(section.getByRole("listitem")).toHaveCount(1);
  await expect(section.getByRole("listitem")).toContainText("never used");
  await add();
  await expect(section.getByText("This device has a passkey for your account already.")).toBeVisible();
  await section.getByRole("button", { name: "Cancel" }).click();
  await section.getByRole("button", { name: "Rename Chrome on Linux" }).click();
  await section.getByLabel("Name").fill("Laptop");
  expect(await complaintsOfAxe(page)).toEqual([]);
  await section.getByRole("button", { name: "Rename" }).click();
  await expect(section.getByRole("listitem")).toContainText("Laptop");

  const signOut = async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/$/);
    await page.goto("/sign-in");
  };
  await signOut();
  const withPasskey = page.getByRole("button", { name: "Sign in with a passkey" });
  await expect(withPasskey).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await withPasskey.click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/settings");
  await expect(section.getByRole("listitem")).toContainText("last used");

  await signOut();
  const { secret } = await user.call<{ secret: string }>("POST", "/user/me/second-factor/", { password: Api.password });
  await user.call("POST", "/user/me/second-factor/confirm/", { code: codeOf(secret) });
  await page.getByLabel("User name or e-mail").fill(user.username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/home$/);

  await page.goto("/settings");
  await section.getByRole("button", { name: "Remove Laptop" }).click();
  await section.getByLabel("Current password").fill(Api.password);
  expect(await complaintsOfAxe(page)).toEqual([]);
  await section.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(section.getByRole("listitem")).toHaveCount(0);
  await expect(toast(page, "The passkey was removed.")).toBeVisible();
  await signOut();
  await withPasskey.click();
  await expect(page.getByText("This passkey does not open an account here.")).toBeVisible();
});

test("it is so in Portuguese, and whoever gives up is where they were", async ({ visitor }) => {
  const user = await Api.register(address, "bia");
  const page = await visitor({
    baseURL: address,
    locale: "pt-BR",
    reducedMotion: "reduce",
    storageState: await signedInState(address, user.username),
  });
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Chaves de acesso" });
  const add = async () => {
    await section.getByLabel("Senha atual").fill(Api.password);
    await section.getByRole("button", { name: "Adicionar", exact: true }).click();
  };
  await section.getByRole("button", { name: "Adicionar uma chave de acesso" }).click();
  await page.evaluate(() => {
    const { create } = navigator.credentials;
    navigator.credentials.create = () => {
      navigator.credentials.create = create;
      return Promise.reject(new DOMException("Closed", "NotAllowedError"));
    };
  });
  await add();
  await expect(section.getByLabel("Nome")).toHaveValue("Chrome no Linux");
  await expect(section.getByRole("alert")).toHaveCount(0);
  await giveDevice(page);
  await add();
  await expect(section.getByRole("listitem")).toContainText("nunca usada");
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole("button", { name: "Sair" }).click();
  await expect(page).not.toHaveURL(/settings/);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Entrar com uma chave de acesso" }).click();
  await expect(page).toHaveURL(/\/home$/);
});

test("whoever is suspended and has a passkey alone reads why, and appeals", async ({ visitor, allow }) => {
  allow(refused(401));
  allow(refused(403));
  const user = await Api.register(address, "caio");
  const page = await visitor({
    baseURL: address,
    reducedMotion: "reduce",
    storageState: await signedInState(address, user.username),
  });
  await giveDevice(page);
  await page.goto("/settings");
  const section = page.getByRole("region", { name: "Passkeys" });
  await section.getByRole("button", { name: "Add a passkey" }).click();
  await section.getByLabel("Current password").fill(Api.password);
  await section.getByRole("button", { name: "Add", exact: true }).click();
  await expect(section.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).not.toHaveURL(/settings/);
  await site.run("moderate", "suspend", user.username, "--message", "Enough.");

  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("This account is suspended.")).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole("button", { name: "Read why with the passkey" }).click();
  await expect(page.getByText("Enough.")).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole("button", { name: "Appeal" }).click();
  await page.getByLabel("Why is this not right?").fill("It was not me.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("You have appealed.")).toBeVisible();
});
