/**
 * A table of thousands of rows, cut before anything is made of it: making harmless and laying out fifty thousand cells
 * takes seconds. What is cut is HTML that goes through the sanitiser afterwards, so a wrong cut shows less, no more. Pure.
 */

const CELLS = 5_000; // shown at first, and with each step
const FEWEST = 50; // rows
const MOST = 500; // rows, likewise
const FEW_ROWS = 150; // a table with fewer is never cut

export interface CutTable {
  /** With the first rows only, and all that stands behind the table. */
  readonly html: string;
  /** How many rows that are. */
  readonly shown: number;
  /** How many there are in all. */
  readonly rows: number;
  /** How many come with the next step. */
  readonly step: number;
}

/** `steps` is how often more was asked for. Null where nothing needs to be cut, or nothing can: HTML with several tables. */
export function cutTable(html: string, steps: number): CutTable | null {
  const rows = placesOf(html, /<tr\b/gi);
  if (rows.length < FEW_ROWS || placesOf(html, /<table\b/gi).length !== 1) return null;
  const columns = placesOf(html.slice(rows[rows.length >> 1], rows[(rows.length >> 1) + 1]), /<t[dh]\b/gi).length;
  const step = Math.max(FEWEST, Math.min(MOST, Math.floor(CELLS / Math.max(1, columns))));
  const shown = step * (steps + 1);
  const cut = rows[shown];
  const end = /<\/(?:tbody|table)\s*>/i.exec(html.slice(rows.at(-1)));
  if (cut === undefined || end === null) return null;
  return { html: html.slice(0, cut) + html.slice((rows.at(-1) ?? 0) + end.index), shown, rows: rows.length, step };
}

function placesOf(text: string, what: RegExp): number[] {
  const places: number[] = [];
  for (const found of text.matchAll(what)) places.push(found.index);
  return places;
}
