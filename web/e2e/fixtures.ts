import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
  type TestInfo,
  expect,
  test as base,
} from "@playwright/test";
import { Api } from "./api.ts";
import { PampsServer } from "./server.ts";

/** Of a project in playwright.config.ts. */
export type Slowness = {
  /** How many times as long a page's own work takes as on this machine. */
  slowness: number;
};

type Fixtures = {
  /** Names something that a console may say in this test; anything else in a console fails it. */
  allow: (complaint: RegExp) => void;
  watch: (context: BrowserContext) => Promise<void>;
  /** A browser of its own, watched, in which nobody is signed in. */
  visitor: (options?: Options) => Promise<Page>;
  /** Somebody new, signed in, in a browser of their own. */
  signedIn: (prefix: string, options?: Options) => Promise<{ page: Page; user: Api }>;
};

export type StorageState = Exclude<BrowserContextOptions["storageState"], string | undefined>;
/** What a browser brings along is known, not in a file. */
type Options = Omit<BrowserContextOptions, "storageState"> & { storageState?: StorageState };

type WorkerFixtures = { server: PampsServer };

/** What Chromium itself writes about a request that failed. */
export const refused = (status: number) => new RegExp(`Failed to load resource: .*status of ${status}`);
export const disconnected = /Failed to load resource: net::ERR_/;

/** Pages are watched: no error in the console, no exception, no report of the content security policy. */
export const test = base.extend<Fixtures & Slowness & { complaints: { seen: string[]; allowed: RegExp[] } }, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await PampsServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  slowness: [1, { option: true }],
  baseURL: async ({ server }, use) => use(server.address),
  complaints: async ({}, use) => {
    const complaints = { seen: [] as string[], allowed: [] as RegExp[] };
    await use(complaints);
    expect(complaints.seen.filter((x) => !complaints.allowed.some((y) => y.test(x)))).toEqual([]);
  },
  allow: async ({ complaints }, use) => use((complaint) => void complaints.allowed.push(complaint)),
  watch: async ({ complaints, slowness }, use) =>
    use(async (context) => {
      if (slowness > 1) context.on("page", (page) => void slow(page, slowness));
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`);
        });
      });
      context.on("console", (message) => {
        // Of Playwright itself, to each page of the client's.
        if (message.text() === "Service Worker registration blocked by Playwright") return;
        if (message.type() === "error" || message.type() === "warning") complaints.seen.push(`${message.text()} ${message.location().url}`);
      });
      context.on("weberror", (error) => complaints.seen.push(String(error.error())));
    }),
  context: async ({ context, watch }, use, test) => {
    await watch(context);
    await use(context);
    await picture([context], test);
  },
  visitor: async ({ browser, server, watch }, use, test) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ storageState, ...options } = {}) => {
      const context = await browser.newContext({
        locale: "en-US",
        baseURL: server.address,
        // As playwright.config.ts has it.
        serviceWorkers: "block",
        ...options,
        storageState: storageState && { ...storageState, origins: [] },
      });
      contexts.push(context);
      await watch(context);
      const page = await context.newPage();
      // Here and not by Playwright, which would open a page more for it.
      const stored = storageState?.origins.flatMap((x) => x.localStorage) ?? [];
      if (stored.length > 0) await store(page, stored);
      return page;
    });
    await picture(contexts, test);
    for (const context of contexts) await context.close();
  },
  signedIn: async ({ server, visitor }, use) =>
    use(async (prefix, options) => {
      const user = await Api.register(server.address, prefix);
      const page = await visitor({ storageState: await signedInState(server.address, user.username), ...options });
      return { page, user };
    }),
});

/** As on a cheap phone, or beside others who want the processor: what takes a moment takes as long as somebody needs for a click. */
async function slow(page: Page, rate: number): Promise<void> {
  try {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate });
  } catch (error) {
    if (!page.isClosed()) throw error;
  }
}

/** What a failed test saw. Playwright's own setting takes pictures of each test that closes a browser, to throw most away. */
async function picture(contexts: BrowserContext[], test: TestInfo): Promise<void> {
  if (test.status === test.expectedStatus) return;
  for (const page of contexts.flatMap((x) => x.pages())) {
    const path = test.outputPath(`${contexts.indexOf(page.context())}-${page.context().pages().indexOf(page)}.png`);
    await page.screenshot({ path, timeout: 10_000 }).catch(() => {});
  }
}

async function store(page: Page, stored: { name: string; value: string }[]): Promise<void> {
  await page.route("/", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await page.goto("/");
  await page.evaluate((x) => x.forEach(({ name, value }) => localStorage.setItem(name, value)), stored);
  await page.unroute("/");
}

/** What a browser keeps after somebody has signed in; one test signs in by hand, the others need not. */
export async function signedInState(
  address: string,
  username: string,
): Promise<StorageState> {
  const response = await fetch(`${address}/session/`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Requested-With": "pamps" },
    body: JSON.stringify({ username, password: Api.password }),
  });
  const [name = "", value = ""] = response.headers.getSetCookie()[0]?.split(";")[0]?.split("=") ?? [];
  const { hostname } = new URL(address);
  const hint = JSON.stringify({ username, avatar: null });
  return {
    cookies: [
      { name, value, domain: hostname, path: "/session", expires: -1, httpOnly: true, secure: false, sameSite: "Strict" },
    ],
    origins: [{ origin: address, localStorage: [{ name: "pamps-session", value: hint }] }],
  };
}

/** Signs in as a person would. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("User name or e-mail").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(Api.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/home$/);
}

/** The card of the post with this text. */
export function card(page: Page, text: string | RegExp): Locator {
  return page.getByRole("main").getByRole("article").filter({ hasText: text });
}

/** The composer on the page of the home timeline. */
export const composer = (page: Page) => page.getByRole("main").getByRole("textbox", { name: "What is going on?" });

export async function post(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole("main").getByRole("button", { name: "Post", exact: true }).click();
}

/** Chooses from the menu of a post. */
export async function choose(page: Page, text: string, action: string | RegExp): Promise<void> {
  await card(page, text).getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** The message at the edge of the screen. */
export const toast = (page: Page, text: string) => page.locator(".app-toast").filter({ hasText: text });

/** Something nobody else writes, so that tests which share a server find only their own. */
export const unique = (prefix: string) => prefix + Math.random().toString(36).slice(2, 10);

export { Api, type Browser, type Page, expect };
