/**
 * Tables of libraries, mended: a cell whose ground was coloured for a white page gets a text that can be read on it in
 * either theme, and an empty heading is none.
 */
import { contrast } from "./ansiColours";

const MOST = 5000; // cells: above that a table stays as it came

/** To be called once the table is in the page. */
export function mendTables(content: HTMLElement): void {
  // The corner above the index of a data frame is a heading of nothing: a reader need not hear of it at every cell.
  for (const heading of content.querySelectorAll("th:not([role])")) {
    if (!heading.hasChildNodes()) heading.setAttribute("role", "cell");
  }
  const cells = [...content.querySelectorAll<HTMLTableCellElement>("td, th")];
  if (cells.length === 0 || cells.length > MOST) return;
  for (const table of content.querySelectorAll("table")) alignWords(table);
  const usual = getComputedStyle(content).color;
  const page = groundOfPage(content);
  const looks = cells.map((cell) => getComputedStyle(cell)); // all reads before all writes
  const texts = looks.map(({ color, backgroundColor }) =>
    color === usual && backgroundColor !== page ? textOn(backgroundColor) : null,
  );
  cells.forEach((cell, index) => {
    const text = texts[index];
    if (text !== null && text !== undefined) cell.style.color = text;
  });
}

const LONGEST = 60; // letters of a number with its unit
const NUMBER = /^[-+−(]?[$€£¥]?\s?[\d.,'\u2009\u202f]*\d[\d.,'\u2009\u202f]*(?:e[-+]?\d+)?\s?(?:%|[a-zµ]{1,3}|\))?$/i;
const NOTHING = /^(?:[-+]?inf|nan|nat|none|<na>|null|[-–—…]|\.\.\.|)$/i;

/** Columns without a number, of a table whose columns can be told and whose maker has not said how they stand. */
function alignWords(table: HTMLTableElement): void {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody > tr")];
  if (table.querySelector("[colspan], [rowspan], td[style*=align], td[align]") !== null || rows.length === 0) return;
  const width = rows[0]?.cells.length ?? 0;
  for (let column = 0; column < width; column++) {
    const cells = rows.map((row) => row.cells[column]).filter((cell) => cell?.localName === "td");
    const texts = cells.map((cell) => cell?.textContent.trim() ?? "").filter((text) => !NOTHING.test(text));
    if (texts.length === 0 || texts.some((text) => text.length <= LONGEST && NUMBER.test(text))) continue;
    for (const row of table.querySelectorAll("tr")) row.cells[column]?.style.setProperty("text-align", "start");
  }
}

/** The computed colour of our own grounds (the sticky header), which follow the theme by themselves. */
function groundOfPage(content: HTMLElement): string {
  const probe = document.createElement("span");
  probe.style.background = "var(--bg)";
  content.append(probe);
  const ground = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return ground;
}

/** Black or white for a ground that is opaque; null where the page shines through. */
export function textOn(ground: string): "black" | "white" | null {
  const parts = /^rgba?\(([\d.]+),?\s+([\d.]+),?\s+([\d.]+)(?:\s*[,/]\s*([\d.]+))?\)$/.exec(ground);
  if (parts === null || Number(parts[4] ?? 1) < 0.6) return null;
  const rgb = [Number(parts[1]), Number(parts[2]), Number(parts[3])] as const;
  return contrast(rgb, [0, 0, 0]) >= contrast(rgb, [255, 255, 255]) ? "black" : "white";
}
