import { type BrowserContext, type Page, expect, test as base } from "@playwright/test";
import { Api } from "./api.ts";
import { PampsServer } from "./server.ts";

type Fixtures = {
  /** What a page may complain of in this test; anything else in a console fails it. */
  allowed: RegExp[];
  watch: (context: BrowserContext) => Promise<void>;
  /** Somebody new, in a browser of their own, signed in through the page. */
  signedIn: (prefix: string) => Promise<{ page: Page; user: Api }>;
};

type WorkerFixtures = { server: PampsServer };

/** A page that is watched: no error in the console, no exception, no report of the content security policy. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await PampsServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.address),
  allowed: [[], { option: true }],
  watch: async ({ allowed }, use) => {
    const complaints: string[] = [];
    await use(async (context) => {
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`);
        });
      });
      context.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      context.on("weberror", (error) => complaints.push(String(error.error())));
    });
    expect(complaints.filter((x) => !allowed.some((y) => y.test(x)))).toEqual([]);
  },
  context: async ({ context, watch }, use) => {
    await watch(context);
    await use(context);
  },
  signedIn: async ({ browser, server, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (prefix) => {
      const user = await Api.register(server.address, prefix);
      const context = await browser.newContext({ baseURL: server.address });
      contexts.push(context);
      await watch(context);
      const page = await context.newPage();
      await signIn(page, user.username);
      return { page, user };
    });
    for (const context of contexts) await context.close();
  },
});

/** Signs in as a person would. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("User name or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);
}

export { Api, expect };
