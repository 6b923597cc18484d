/** What axe-core finds on what is shown: every violation that it knows, of WCAG 2.2 AA and of good practice. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { ApplicationPage } from "./page";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface WithAxe {
  readonly axe?: { run(options: RunOptions): Promise<AxeResults> };
}

/** The four themes, as the attributes of the root element that show them (design/theme.ts). */
const THEMES = [
  { name: "light", theme: "light", contrast: "" },
  { name: "dark", theme: "dark", contrast: "" },
  { name: "light, high contrast", theme: "light", contrast: "more" },
  { name: "dark, high contrast", theme: "dark", contrast: "more" },
] as const;

const EVERYTHING: RunOptions = { rules: { "target-size": { enabled: true } } };
/** What another theme can change. */
const COLOURS: RunOptions = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

/** One line for each element that is concerned, in whichever theme: all rules in the first, those of colours in each. */
export async function barriers({ browserPage }: ApplicationPage): Promise<readonly string[]> {
  if (await browserPage.evaluate(() => (window as unknown as WithAxe).axe === undefined)) {
    await browserPage.evaluate(SOURCE);
  }
  const found: string[] = [];
  for (const [at, theme] of THEMES.entries()) {
    const rules = at === 0 ? EVERYTHING : COLOURS;
    const violations = await browserPage.evaluate(
      async ([look, options]) => {
        const root = document.documentElement;
        const before = [root.getAttribute("data-theme"), root.getAttribute("data-contrast")] as const;
        root.setAttribute("data-theme", look.theme);
        root.setAttribute("data-contrast", look.contrast);
        const { axe } = window as unknown as WithAxe;
        const results = await axe?.run({ ...options, resultTypes: ["violations"], iframes: false });
        for (const [name, value] of [
          ["data-theme", before[0]],
          ["data-contrast", before[1]],
        ] as const) {
          if (value === null) root.removeAttribute(name);
          else root.setAttribute(name, value);
        }
        return results?.violations ?? [];
      },
      [theme, rules] as const,
    );
    for (const { id, nodes } of violations) {
      for (const node of nodes) {
        found.push(
          `${theme.name}: ${id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}: ${node.failureSummary ?? ""}`,
        );
      }
    }
  }
  return found;
}
