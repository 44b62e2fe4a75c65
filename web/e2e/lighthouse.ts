import { mkdir, writeFile } from "node:fs/promises";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { Api } from "./api.ts";
import { chromium } from "./chromium.ts";
import { photo } from "./png.ts";
import { PampsServer } from "./server.ts";

// Lighthouse's own mobile profile (slow 4G, simulated) on the pages that strangers see first, on a phone of one speed wherever
// it runs: Lighthouse slows the machine down by a fixed factor, which makes another phone of every machine.

const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
/** Of performance Lighthouse's own mark for good: the largest part of what is lost there is the browser's own start. */
const wanted = { performance: 90, accessibility: 95, "best-practices": 95, seo: 95 };
const mostTries = 5;

/** Lighthouse's benchmark index of a phone of the middle class, as Chrome's developer tools calibrate it. */
const phone = 1000;

let total = 0;
let failed = 0;

const server = await PampsServer.start();
const chrome = await launch({
  chromePath: chromium.executablePath,
  chromeFlags: ["--headless=new", ...chromium.args],
  logLevel: "error",
});
try {
  const paths = Object.entries(await fill(server.address));
  const machine = (await visit(server.address, ["seo"])).lhr.environment.benchmarkIndex;
  const slowdown = Math.max(1, machine / phone);
  console.log(`The machine's benchmark index is ${machine}: slowed down ${slowdown.toFixed(1)} times`);
  for (const [name, path] of paths) {
    // Whatever else the machine does takes points away and never adds any, so the best of a few runs counts.
    const runs: Record<string, number>[] = [];
    const bestOf = (category: string) => Math.max(...runs.map((x) => x[category] ?? 0));
    let missing: string[] = [...categories];
    do {
      // What ran before may still have something to finish.
      if (runs.length > 0) await new Promise((later) => setTimeout(later, 3_000));
      runs.push(await audit(`${name}-${runs.length + 1}`, server.address + path, missing, slowdown));
      missing = categories.filter((x) => bestOf(x) < wanted[x]);
    } while (runs.length < mostTries && missing.length > 0);
    for (const category of categories) {
      const score = bestOf(category);
      const isShort = score < wanted[category];
      total++;
      if (isShort) failed++;
      console.log(`${isShort ? "✘" : "✓"} ${name}: ${category} ${score} (each run: ${runs.flatMap((x) => x[category] ?? []).join(" ")})`);
    }
  }
} finally {
  chrome.kill();
  await server.stop();
}
console.log(`Total: ${total}, Errors: 0, Failed: ${failed}, Skipped: 0`);
process.exitCode = failed > 0 ? 1 : 0;

/** A page with something on it; answers with the paths to look at. */
async function fill(address: string): Promise<Record<string, string>> {
  const author = await Api.register(address, "ana");
  const other = await Api.register(address, "bia");
  let last = 0;
  for (let i = 1; i <= 25; i++) {
    const text = `Post ${i}: the wind moves over the grass, and @${other.username} writes about #pampas.\nhttps://example.org/${i}`;
    // The first page of everybody's posts has a picture in each.
    last = i > 5 ? await author.show(text, [photo(1200, 800, i), "Grass in the wind"]) : await author.write(text);
  }
  for (let i = 1; i <= 5; i++) await other.write(`Reply ${i}`, last);
  await other.like(last);
  return { home: "/", post: `/@${author.username}/${last}` };
}

async function audit(name: string, url: string, of: string[], slowdown: number): Promise<Record<string, number>> {
  const { lhr, report } = await visit(url, of, slowdown);
  const lost = Object.values(lhr.audits).filter((x) => x.score !== null && x.score < 0.9);
  for (const audit of lost) console.log(`    ${name}: ${audit.id} ${audit.score} ${audit.displayValue ?? ""}`);
  await mkdir("results", { recursive: true });
  await writeFile(`results/lighthouse-${name}.html`, report as string);
  return Object.fromEntries(Object.entries(lhr.categories).map(([id, x]) => [id, Math.round((x.score ?? 0) * 100)]));
}

async function visit(url: string, onlyCategories: string[], cpuSlowdownMultiplier = 1) {
  const result = await lighthouse(url, {
    port: chrome.port,
    onlyCategories,
    logLevel: "error",
    output: "html",
    throttling: { cpuSlowdownMultiplier },
  });
  if (!result) throw new Error(`Lighthouse gave no result for ${url}`);
  return result;
}
