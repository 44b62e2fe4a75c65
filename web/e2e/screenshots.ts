import { mkdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { chromium as browsers, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { Api } from "./api.ts";
import { chromium } from "./chromium.ts";
import { signedInState } from "./fixtures.ts";
import { PampsServer } from "./server.ts";

// The pictures of the README: a server with people on it who have something to say, seen on a desk and on a phone.

const folder = resolve(import.meta.dirname, "../../docs/images");
const largest = 200_000;

const people: Record<string, string> = {
  marina: "Botanist between Rio Grande and La Plata. Grasses, mostly.",
  tomas: "Bicycle mechanic. Slow roads, strong coffee.",
  lucia_ferraz: "Fotografia, chimarrão e trens noturnos.",
  kenji: "Teaching computers to be boring.",
  amara: "Radio, records, rain.",
  joao_pedro: "Professor de história em Pelotas.",
  wren: "Bird counts and bread.",
  sofia: "Letterpress printer. Ink under the nails.",
};

/** Background, shirt, skin and hair. The others show their initial. */
const faces: Record<string, [string, string, string, string]> = {
  marina: ["#cfe3c4", "#3f7a4a", "#c98f68", "#3b2418"],
  lucia_ferraz: ["#f6d9b8", "#b4572f", "#e8b48f", "#6b2f1c"],
  wren: ["#cfe0ee", "#35607f", "#f0c6a4", "#b98442"],
  amara: ["#e5d3ee", "#6a3d86", "#7d4b32", "#1d1412"],
  sofia: ["#f3cfd0", "#8a2f3c", "#dda27c", "#2b2b33"],
};

/** The ids of all posts. */
const written: number[] = [];
const server = await PampsServer.start();
const browser = await browsers.launch(chromium);
try {
  const users = await fill();
  const viewer = users.marina!;
  await mkdir(folder, { recursive: true });
  const as = async (options: BrowserContextOptions) =>
    aged(
      await browser.newContext({
        baseURL: server.address,
        locale: "en-US",
        reducedMotion: "reduce",
        storageState: await signedInState(server.address, viewer.username),
        ...options,
      }),
    );
  const desktop = { viewport: { width: 1280, height: 800 } };
  await take("desktop", await as({ ...desktop, colorScheme: "light" }), "/home");
  await take("dark", await as({ ...desktop, colorScheme: "dark" }), await conversation(users.wren!));
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  await take("phone", await as({ ...phone, colorScheme: "light" }), "/@lucia_ferraz");
} finally {
  await browser.close();
  await server.stop();
}

async function take(name: string, page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("main").getByRole("article").nth(1).waitFor();
  await page.waitForLoadState("load");
  // Pictures of people load when they come near.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("img")]
      .filter((x) => x.getBoundingClientRect().top < innerHeight && x.offsetParent)
      .every((x) => x.complete && x.naturalWidth > 0),
  );
  const file = resolve(folder, `${name}.png`);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  console.log(`${file}: ${Math.round(size / 1000)} kB`);
  if (size > largest) process.exitCode = 1;
  await page.context().close();
}

/** Everything was written within a second. Seen through this page, the newest is minutes old and the oldest a day. */
async function aged(context: BrowserContext): Promise<Page> {
  const ids = [...written].sort((a, b) => b - a);
  await context.route(/\/(post|user|notification|search)\//, async (route) => {
    if (route.request().resourceType() !== "fetch") return route.fallback();
    const response = await route.fetch();
    const text = await response.text();
    const body = text.replace(/\{"id":(\d+),"text":.*?"date":"([^"]+)"/g, (whole: string, id: string, date: string) => {
      const minutes = 3 * 1.3 ** ids.indexOf(Number(id));
      return whole.replace(date, new Date(Date.parse(date) - minutes * 60_000).toISOString());
    });
    await route.fulfill({ response, body });
  });
  return context.newPage();
}

async function conversation(author: Api): Promise<string> {
  const posts = await author.call<{ id: number; text: string }[]>("GET", `/post/user/${author.username}/?order=newest`);
  const id = posts.find((x) => x.text.includes("burrowing owls"))?.id;
  return `/@${author.username}/${id}`;
}

async function fill(): Promise<Record<string, Api>> {
  const users: Record<string, Api> = {};
  for (const [name, bio] of Object.entries(people)) {
    const user = (users[name] = await Api.registerAs(server.address, name));
    await user.describe({ bio, ...(name in faces ? { avatar_media_id: await user.upload(await pictureOf(name)) } : {}) });
  }
  const names = Object.keys(people);
  for (const name of names) for (const other of names) if (name !== other) await users[name]!.follow(other);

  for (const user of Object.values(users)) {
    const write = user.write.bind(user);
    user.write = async (text, parentId) => {
      const id = await write(text, parentId);
      written.push(id);
      return id;
    };
  }
  const liked = async (id: number, ...by: string[]) => {
    for (const name of by) await users[name]!.like(id);
  };
  await users.lucia_ferraz!.write("Feira do livro na praça neste sábado. Levo café, alguém leva o bolo?");
  await users.lucia_ferraz!.write("O trem das 23h40 ainda tem a melhor luz da cidade. #fotografia");
  const owls = await users.wren!.write(
    "Counted nine burrowing owls along the old railway this morning, two of them quite unimpressed by me.\n\nIf you walk there, keep to the eastern side until the chicks are out. #birds",
  );
  const first = await users.marina!.write(
    "Nine! There were four last year. The grass was left standing this winter, maybe that is all it takes.",
    owls,
  );
  await users.wren!.write("I think so too. I am sending your note to the council, if I may?", first);
  const kenji = await users.kenji!.write("Is there a count for the whole line somewhere? I would love to draw the map.", owls);
  await users.joao_pedro!.write("Meus alunos querem ir ver. Tem trilha até lá?", owls);
  await users.wren!.write("@joao_pedro Tem sim, da estação velha até a ponte. Uns quarenta minutos.", owls);
  await liked(owls, ...names.filter((x) => x !== "wren"));
  await liked(kenji, "wren", "amara", "marina");

  const bread = await users.sofia!.write(
    "New type arrived: a whole case of 12 point, cast in 1958 and never inked. I have been sorting the letter e for an hour and I am entirely happy.",
  );
  await liked(bread, "marina", "amara", "wren", "tomas");
  await users.amara!.write("Keep us a print!", bread);
  const deploy = await users.kenji!.write(
    "Moved our reading group here from three different chats. One program, one file, done before the tea was cold. https://example.org/reading-group",
  );
  await liked(deploy, "tomas", "sofia");
  const mate = await users.lucia_ferraz!.show(
    "Manhã de geada em Bagé, o campo inteiro branco e o chimarrão na mão. #pampa",
    [await frost(), "Campo branco de geada antes do nascer do sol, com uma árvore sozinha e serras ao fundo"],
  );
  written.push(mate);
  await liked(mate, "joao_pedro", "marina", "tomas", "amara", "kenji");
  await users.joao_pedro!.write("Aqui também! Três graus às sete.", mate);
  const ride = await users.tomas!.write(
    "Rode out to the river with @amara and back by the gravel road. 84 km, one puncture, two pies. Would do it again tomorrow.",
  );
  await liked(ride, "amara", "wren", "marina");
  await users.amara!.write("The second pie was yours and you know it.", ride);
  const radio = await users.amara!.write("Tonight at nine: an hour of #milonga, from 1931 to last week. Bring your own chair.");
  await liked(radio, "tomas", "sofia", "lucia_ferraz", "joao_pedro", "marina", "wren");
  const own = await users.marina!.write("Field day. If you hear somebody talking to a tussock, that is me.");
  await liked(own, "wren", "kenji");
  return users;
}

function frost(): Promise<Buffer> {
  return draw(
    1200,
    675,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675"><defs>
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#5b6f9e"/><stop offset=".6" stop-color="#e2b6a4"/><stop offset="1" stop-color="#f8ddb5"/></linearGradient>
    <linearGradient id="field" x2="0" y2="1"><stop stop-color="#dfe8ea"/><stop offset="1" stop-color="#a9bfc0"/></linearGradient></defs>
    <rect width="1200" height="675" fill="url(#sky)"/><circle cx="830" cy="385" r="46" fill="#fff3d6"/>
    <path d="M0 400c200-70 330-20 480-40s260-80 420-30 220 20 300 0v120H0z" fill="#7f8aa8"/>
    <path d="M0 430c260-40 520 20 760-10s340-20 440 0v255H0z" fill="url(#field)"/>
    <path d="M0 560c300-60 800 40 1200-30v145H0z" fill="#c9d8d6"/>
    <path d="M298 470c4-40 2-70 0-96h14c0 30-2 56 4 96z" fill="#3e3a3a"/>
    <path d="M220 360c0-60 50-92 86-92s92 30 92 86-44 64-88 60-90 2-90-54z" fill="#4f5f55"/></svg>`,
  );
}

/** The face of somebody. */
function pictureOf(name: string): Promise<Buffer> {
  const [background, shirt, skin, hair] = faces[name] ?? [];
  return draw(
    384,
    384,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
    <rect width="96" height="96" fill="${background}"/>
    <path d="M26 44c0-18 9-28 22-28s22 10 22 28v16H26z" fill="${hair}"/>
    <path d="M12 100c0-22 15-32 36-32s36 10 36 32z" fill="${shirt}"/>
    <path d="M40 58h16v14c0 5-16 5-16 0z" fill="${skin}"/>
    <ellipse cx="48" cy="46" rx="15" ry="18" fill="${skin}"/>
    <path d="M31 42c4-2 11-9 13-15 4 7 14 12 21 14 0-15-7-22-17-22s-17 8-17 23z" fill="${hair}"/></svg>`,
  );
}

async function draw(width: number, height: number, svg: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
