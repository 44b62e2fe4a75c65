import type { Page } from "@playwright/test";
import axe from "axe-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it is now, or in a part of it. */
export async function complaintsOfAxe(page: Page, part?: string, runOnly: string[] = rules): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([within, only]) => (window as unknown as { axe: typeof axe }).axe.run(within ?? document, { runOnly: only, reporter: "no-passes" }),
    [part, runOnly] as const,
  );
  return violations.map((x) => `${x.id}: ${x.help}\n${x.nodes.map((y) => y.html).join("\n")}`);
}
