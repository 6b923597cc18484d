/** What axe-core finds on a page that keeps somebody out: violations that it calls serious or critical. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { ApplicationPage } from "./page";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface WithAxe {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> };
}

/** One line for each element that is concerned. */
export async function barriers({ browserPage }: ApplicationPage): Promise<readonly string[]> {
  await browserPage.evaluate(SOURCE);
  const { violations } = await browserPage.evaluate(() =>
    (window as unknown as WithAxe).axe.run({ resultTypes: ["violations"], iframes: false }),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}
