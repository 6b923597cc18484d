/** What can be told from HTML without parsing it. */
import type { Output } from "../wire/outputs";
import { choose } from "./mimebundle";

/** Whether it would do something only when scripts or frames may run. Too careful is harmless: the user is asked. */
export function hasScript(html: string): boolean {
  return /<script\b(?![^>]*type\s*=\s*["']?(?:application\/(?:ld\+)?json|text\/template))|<i?frame\b|<object\b|<embed\b/i.test(
    html,
  );
}

/** Whether showing it would run something that the notebook itself brings. */
export function runsScripts(output: Output): boolean {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return false;
  const choice = choose(output.data);
  return choice.kind === "html" ? hasScript(choice.html) : choice.kind === "script" || choice.kind === "bokeh";
}

const LONG_TABLE = 100; // rows: a table with more gets a scroller of its own
const ROW = 25; // px
const TALLEST = 480; // px, .scrolled of HtmlOutput.module.css

export function isLongTable(html: string): boolean {
  return rowsOf(html) > LONG_TABLE;
}

/** Its height before it is there, px: by its table rows, or one line. */
export function heightGuess(html: string): number {
  const rows = rowsOf(html);
  if (rows === 0) return 32;
  return rows > LONG_TABLE ? TALLEST : Math.min(600, rows * ROW + 16);
}

function rowsOf(html: string): number {
  return html.match(/<tr\b/gi)?.length ?? 0;
}

/** Whether there are more elements than the page can take in at once. */
export function hasManyElements(html: string, most: number): boolean {
  let count = 0;
  for (let at = html.indexOf("<"); at !== -1 && count <= most; at = html.indexOf("<", at + 1)) {
    if (/[a-z]/i.test(html[at + 1] ?? "")) count += 1;
  }
  return count > most;
}
