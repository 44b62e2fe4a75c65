import { chromium as browsers } from "@playwright/test";
import { Api } from "./api.ts";
import { chromium } from "./chromium.ts";
import { signedInState } from "./fixtures.ts";
import { PampsServer } from "./server.ts";

// How long a post takes to reach the page of somebody who follows its author: from the moment at which the POST is
// sent until the event is in the page's hands. Both read the same clock.

const count = 200;
const server = await PampsServer.start();
const browser = await browsers.launch(chromium);
try {
  const author = await Api.register(server.address, "ana");
  const reader = await Api.register(server.address, "bia");
  await reader.follow(author.username);
  const context = await browser.newContext({
    baseURL: server.address,
    storageState: await signedInState(server.address, reader.username),
  });
  const arrived = new Map<string, number>();
  await context.exposeFunction("noteArrival", (text: string, at: number) => arrived.set(text, at));
  await context.addInitScript(() => {
    // Looks at the pieces of the stream as the client's decoder gets them.
    const read = ReadableStreamDefaultReader.prototype.read;
    let text = "";
    ReadableStreamDefaultReader.prototype.read = async function (this: ReadableStreamDefaultReader) {
      const result = await read.call(this);
      if (typeof result.value !== "string") return result;
      const at = performance.timeOrigin + performance.now();
      text = (text + result.value).slice(-10_000);
      for (const [, found] of text.matchAll(/"text":"(Arrival \d+\.)"/g)) {
        (window as unknown as { noteArrival: (text: string, at: number) => void }).noteArrival(found ?? "", at);
      }
      text = text.slice(text.lastIndexOf("\n\n") + 1);
      return result;
    } as typeof read;
  });
  const page = await context.newPage();
  const listening = page.waitForResponse((x) => x.url().includes("/stream/") && x.ok());
  await page.goto("/home");
  await listening;

  const sent = new Map<string, number>();
  for (let i = 1; i <= count; i++) {
    const text = `Arrival ${i}.`;
    sent.set(text, performance.timeOrigin + performance.now());
    await author.write(text);
  }
  await page.getByRole("button", { name: `${count} new posts` }).waitFor({ timeout: 60_000 });

  const took = [...sent].flatMap(([text, at]) => (arrived.has(text) ? arrived.get(text)! - at : [])).sort((a, b) => a - b);
  const percentile = (share: number) => `${(took[Math.ceil(took.length * share) - 1] ?? NaN).toFixed(1)} ms`;
  console.log(`${took.length} of ${count} posts arrived: p50 ${percentile(0.5)}, p99 ${percentile(0.99)}, most ${percentile(1)}`);
  if (took.length < count) process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
}
