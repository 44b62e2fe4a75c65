import type { Page } from "@playwright/test";
import { Api, type StorageState, signedInState, unique } from "./fixtures.ts";
import { halves } from "./png.ts";

type Drawn = {
  name: string;
  path: string;
  /** As whom it is looked at. */
  as: "visitor" | "user" | "newcomer";
  /** Waits until the page is complete, and opens what is to be open. */
  ready: (page: Page) => Promise<void>;
};

/** Who looks at it is signed in under this name, or is not. */
export type Place = Drawn & { username: string | null };

/** Long words, long names, long addresses, other scripts: what tears pages apart. */
export const awkward = [
  "A post of one line",
  `${"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3)} https://example.org/${"very-long-path/".repeat(12)}`,
  "Several lines\n\nwith a gap, a #hashtag, an @nobody_at_all and\n\tan indent 🌾🌾🌾",
  "مرحبا بالعالم — שלום עולם — 你好，世界",
];

/**
 * Every page there is, filled by `author`, as `user` or a visitor sees it. What a page is called is for the names of
 * the tests.
 */
export async function everyPage(address: string, user: Api): Promise<Place[]> {
  const author = await Api.registerAs(address, unique("maria_aparecida_de_souza_").slice(0, 30));
  const word = unique("word");
  const ids = await author.writeMany(awkward.map((x) => `${x} ${word}`));
  const id = ids[0]!;
  await author.describe({ bio: `${awkward[1]}\n${awkward[3]}`.slice(0, 400) });
  const own = await user.write(`My own words, for @${author.username} #${word}`);
  const reply = await author.write(`${awkward[1]}`.slice(0, 300), own);
  await author.write("And an answer to the answer", reply);
  await author.like(own);
  await author.follow(user.username);
  await user.follow(author.username);
  await user.like(id);
  await user.call("POST", `/post/${id}/bookmark/`);

  const [blocked, muted] = [await Api.register(address, "blocked"), await Api.register(address, "muted")];
  await user.block(blocked.username);
  await user.mute(muted.username, { duration: 86_400, notifications: false });
  await author.write(`Between us, @${user.username}, @${author.username}, @${muted.username}`, undefined, "direct");
  await author.write(`${awkward[1]}`.slice(0, 300), undefined, "followers");
  await user.lock();
  await user.filter({ title: awkward[1]!.slice(0, 100), words: ["Donaudampfschifffahrt", "two words"], context: ["account"], action: "hide" });
  const asking = await Api.registerAs(address, unique("asks_politely_for_long_").slice(0, 30));
  await asking.follow(user.username);
  await asking.lock();
  await user.call("PATCH", "/notification/policy/", { not_following: "aside" });
  await asking.write(`${awkward[1]}`.slice(0, 200) + ` @${user.username}`);

  const seen = (text: string | RegExp) => async (page: Page) => page.getByText(text).first().waitFor();
  const profile = `/@${author.username}`;
  const article = async (page: Page) => page.getByRole("main").getByRole("article").first().waitFor();
  const person = async (page: Page) => page.getByRole("main").getByRole("link", { name: user.username }).first().waitFor();
  const asked = (action: string) => async (page: Page) => {
    await page.getByRole("button", { name: `About @${author.username}` }).click();
    await page.getByRole("menuitem", { name: new RegExp(`^${action}`) }).click();
    await page.getByRole("dialog").waitFor();
  };
  const field = async (page: Page) => page.getByRole("main").getByRole("textbox").first().waitFor();
  const newcomer = await Api.register(address, "new");
  const usernames = { visitor: null, user: user.username, newcomer: newcomer.username };
  const places: Drawn[] = [
    { name: "everyone's posts", path: "/", as: "visitor", ready: article },
    { name: "everyone's posts, signed in", path: "/", as: "user", ready: article },
    { name: "the home timeline", path: "/home", as: "user", ready: article },
    { name: "a post", path: `${profile}/${id}`, as: "visitor", ready: seen("No replies yet") },
    { name: "a conversation", path: `${profile}/${reply}`, as: "user", ready: seen("And an answer to the answer") },
    { name: "a profile", path: profile, as: "visitor", ready: article },
    { name: "one's own profile", path: `/@${user.username}`, as: "user", ready: article },
    { name: "a profile's replies", path: `${profile}/replies`, as: "user", ready: article },
    { name: "a profile's likes", path: `${profile}/likes`, as: "user", ready: article },
    { name: "a profile's followers", path: `${profile}/followers`, as: "user", ready: person },
    { name: "a profile's following", path: `${profile}/following`, as: "visitor", ready: person },
    { name: "a profile that is not there", path: "/@nobody_at_all", as: "visitor", ready: seen("Nobody here") },
    { name: "a hashtag", path: `/tag/${word}`, as: "visitor", ready: article },
    { name: "the search", path: "/search", as: "visitor", ready: seen("Find posts and people") },
    {
      name: "the help of the search",
      path: "/search",
      as: "visitor",
      ready: async (page) => {
        await page.getByText("How to search").click();
        await page.getByText("posts with both words, in any order").waitFor();
      },
    },
    { name: "a search with results", path: `/search?q=${word}`, as: "user", ready: article },
    { name: "a search without results", path: `/search?q=${unique("no")}`, as: "visitor", ready: seen("Nothing found") },
    { name: "a search for people", path: "/search?type=user", as: "user", ready: article },
    {
      name: "what is shared",
      path: `/share?text=${encodeURIComponent(awkward[1]!)}`,
      as: "user",
      ready: seen("Another app or site shares this with you"),
    },
    { name: "the notifications", path: "/notifications", as: "user", ready: seen("followed you") },
    { name: "what was put aside", path: "/notifications/aside", as: "user", ready: seen("1 notification") },
    { name: "nothing was put aside", path: "/notifications/aside", as: "newcomer", ready: seen("Nothing is put aside") },
    { name: "the direct posts", path: "/direct", as: "user", ready: article },
    { name: "the direct posts, of which there are none", path: "/direct", as: "newcomer", ready: seen("Nothing direct yet") },
    { name: "the bookmarks", path: "/bookmarks", as: "user", ready: article },
    { name: "no bookmarks", path: "/bookmarks", as: "newcomer", ready: seen("No bookmarks yet") },
    { name: "the requests to follow", path: "/follow-requests", as: "user", ready: article },
    { name: "no requests to follow", path: "/follow-requests", as: "newcomer", ready: seen("Nobody is waiting") },
    { name: "who is blocked", path: "/settings/blocked", as: "user", ready: article },
    { name: "nobody is blocked", path: "/settings/blocked", as: "newcomer", ready: seen("Nobody is blocked") },
    { name: "who is muted", path: "/settings/muted", as: "user", ready: article },
    { name: "nobody is muted", path: "/settings/muted", as: "newcomer", ready: seen("Nobody is muted") },
    { name: "the filters", path: "/settings/filters", as: "user", ready: seen("leaves out") },
    { name: "no filters", path: "/settings/filters", as: "newcomer", ready: seen("No filters") },
    {
      name: "making a filter: a dialog",
      path: "/settings/filters?words=ballot",
      as: "user",
      ready: async (page) => page.getByRole("dialog").waitFor(),
    },
    { name: "a profile of somebody who is blocked", path: `/@${blocked.username}`, as: "user", ready: seen(/^You blocked/) },
    { name: "a profile of somebody who is muted", path: `/@${muted.username}`, as: "user", ready: seen("Muted") },
    { name: "a profile that is locked", path: `/@${asking.username}`, as: "user", ready: seen("Ask to follow") },
    {
      name: "the choice who sees a post",
      path: "/home",
      as: "user",
      ready: async (page) => {
        await field(page);
        await page.getByRole("main").getByRole("button", { name: /^Who can see it/ }).first().click();
        await page.getByRole("menuitemradio", { name: /^Mentioned/ }).waitFor();
      },
    },
    { name: "the dialog that mutes: a dialog", path: profile, as: "user", ready: asked("Mute") },
    { name: "the dialog that blocks: a dialog", path: profile, as: "user", ready: asked("Block") },
    { name: "the settings", path: "/settings", as: "user", ready: seen("This browser") },
    { name: "the settings of who is not signed in", path: "/settings/look", as: "visitor", ready: seen("As the system") },
    { name: "signing in", path: "/sign-in", as: "visitor", ready: field },
    {
      name: "signing up, with mistakes",
      path: "/sign-up",
      as: "visitor",
      ready: async (page) => {
        await page.getByRole("button", { name: "Create account" }).click();
        await page.getByText("Please fill this in.").first().waitFor();
      },
    },
    { name: "signing in without a password, and without mail", path: "/forgot-password", as: "visitor", ready: seen("This site sends no mail") },
    // Before the other: the browser keeps a token with the page, also when it is gone to again.
    { name: "signing in with a link that is not whole", path: "/reset-password", as: "visitor", ready: seen("Part of this link") },
    { name: "signing in with a new password", path: "/reset-password#token", as: "visitor", ready: field },
    { name: "signing in with an address to confirm", path: "/confirm-email#token", as: "visitor", ready: seen("Is this your address?") },
    { name: "about", path: "/about", as: "visitor", ready: seen("About Pamps") },
    { name: "about the rules, of which there are none", path: "/rules", as: "visitor", ready: seen("Nothing is written here yet") },
    { name: "an address that leads nowhere", path: "/no/such/page", as: "visitor", ready: seen("There is nothing here") },
    {
      name: "the composer as a dialog",
      path: `/@${user.username}`,
      as: "user",
      ready: async (page) => {
        await article(page);
        await page.keyboard.press("n");
        await page.getByRole("dialog").getByRole("textbox").fill(`Over the limit ${"x".repeat(500)}`);
      },
    },
    {
      name: "the part of a picture, in a dialog",
      path: "/settings",
      as: "user",
      ready: async (page) => {
        await page.getByRole("group", { name: "Picture", exact: true }).getByRole("button", { name: "Choose a picture" }).waitFor();
        await page.locator("input[type=file][name=avatar]").setInputFiles({ name: "halves.png", mimeType: "image/png", buffer: halves(800, 400) });
        await page.getByRole("button", { name: "Use this part" }).waitFor();
      },
    },
    {
      name: "what stays of a picture, in a dialog",
      path: `/@${user.username}`,
      as: "user",
      ready: async (page) => {
        await article(page);
        await page.keyboard.press("n");
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("button", { name: "Add pictures" }).waitFor();
        const picture = { mimeType: "image/png", buffer: halves(800, 400) };
        await dialog.locator("input[type=file]").setInputFiles([{ ...picture, name: "a.png" }, { ...picture, name: "b.png" }]);
        await dialog.getByRole("button", { name: "Move picture 2 up" }).waitFor();
        await dialog.getByRole("button", { name: "What stays in sight of picture 1" }).click();
        await dialog.getByRole("application").waitFor();
      },
    },
    {
      name: "an open menu",
      path: `/@${user.username}`,
      as: "user",
      ready: async (page) => {
        await page.getByRole("button", { name: "More actions" }).first().click();
        await page.getByRole("menuitem", { name: "Edit" }).waitFor();
      },
    },
    {
      name: "a post that is being edited",
      path: `/@${user.username}`,
      as: "user",
      ready: async (page) => {
        await page.getByRole("button", { name: "More actions" }).first().click();
        await page.getByRole("menuitem", { name: "Edit" }).click();
        await page.getByRole("textbox", { name: "Text of the post" }).waitFor();
      },
    },
    {
      name: "suggestions while typing",
      path: "/home",
      as: "user",
      ready: async (page) => {
        await field(page);
        await page.getByRole("main").getByRole("textbox").first().pressSequentially("Hi @maria");
        await page.getByRole("option").first().waitFor();
      },
    },
    {
      name: "a message with a way back",
      path: `/@${user.username}`,
      as: "user",
      ready: async (page) => {
        await page.getByRole("button", { name: "More actions" }).first().click();
        await page.getByRole("menuitem", { name: "Delete" }).click();
        await page.getByRole("button", { name: "Undo" }).waitFor();
      },
    },
    {
      name: "the keyboard shortcuts",
      path: "/about",
      as: "visitor",
      ready: async (page) => {
        await seen("About Pamps")(page);
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
      },
    },
    {
      name: "the dialog that deletes an account",
      path: "/settings",
      as: "user",
      ready: async (page) => {
        await page.getByRole("button", { name: "Delete account" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
        await page.getByText("That is not your user name.").waitFor();
      },
    },
  ];
  return places.map((x) => ({ ...x, username: usernames[x.as] }));
}

/** The names alone, since tests are named before there is a server. */
const patterns = {
  posts: /posts|bookmarks|timeline|post$|conversation|hashtag/,
  people: /profile/,
  search: /search/,
  forms: /requests|blocked|muted|notifications|settings|signing|about|nowhere|account|shared|aside|filters/,
  overlays: /dialog$|menu|edited|suggestions|message|shortcuts/,
};

export const groups = Object.keys(patterns);

export function firstGroup(name: string): string | undefined {
  return Object.entries(patterns).find(([, pattern]) => pattern.test(name))?.[0];
}

/**
 * Opens the pages of a group, each when the one before has been looked at. Whoever looks has one browser for them all: most of
 * what a browser costs is its first page. It forgets at each page what the pages before have stored.
 */
export async function* pagesOf(group: string, address: string, browse: (state: StorageState) => Promise<Page>) {
  const user = await Api.register(address, "ana");
  const places = (await everyPage(address, user)).filter((x) => firstGroup(x.name) === group);
  const browsers = new Map<string | null, Page>();
  for (const { name, path, username, ready } of places) {
    let page = browsers.get(username);
    if (!page) {
      const state = username ? await signedInState(address, username) : { cookies: [], origins: [] };
      page = await browse({ ...state, origins: [] });
      await page.addInitScript((stored) => {
        localStorage.clear();
        for (const { name, value } of stored) localStorage.setItem(name, value);
      }, state.origins.flatMap((x) => x.localStorage));
      browsers.set(username, page);
    }
    await page.goto(path);
    await ready(page);
    yield { name, page };
  }
}
