/**
 * Code cells in the outline, by what their first line says: a comment as text, other code as it is. They stand one level
 * below the heading that they are under. Pure; cell values never change, so each is read once.
 */
import type { Cell, Notebook } from "../model";
import type { OutlineEntry } from "./sectionsStore";

/** The marks with which languages begin a comment; `#include` and `#!` are none. */
const COMMENT =
  /^(?:#(?!include\b|define\b|if|pragma\b|!)[#\s%]*|\/{2,}\s*|--+\s+|%(?!%|\w)\s*|;+\s+|\/\*+\s*|"""|''')(.*?)(?:\*+\/|"""|''')?\s*$/;
const LONGEST = 200; // characters
const kept = new WeakMap<Cell, string>();

/** What a code cell is called; empty for one without code. */
export function codeTitle(cell: Cell): string {
  if (cell.cell_type !== "code") return "";
  let title = kept.get(cell);
  if (title === undefined) kept.set(cell, (title = titleIn(cell.source)));
  return title;
}

function titleIn(source: string): string {
  const first = (/\S[^\n]*/.exec(source)?.[0] ?? "").slice(0, LONGEST).trim();
  return COMMENT.exec(first)?.[1]?.trim() || first;
}

/** The headings, and in their places the code cells. */
export function withCode(headings: readonly OutlineEntry[], notebook: Notebook): readonly OutlineEntry[] {
  const inCell = new Map<string, OutlineEntry[]>();
  for (const entry of headings) inCell.set(entry.cell, [...(inCell.get(entry.cell) ?? []), entry]);
  let level = 0;
  return notebook.cells.flatMap((cell): readonly OutlineEntry[] => {
    const own = inCell.get(cell.id) ?? [];
    level = own.at(-1)?.level ?? level;
    const title = codeTitle(cell);
    return title === "" ? own : [{ cell: cell.id, level: level + 1, text: title, nth: 0, isCode: true }];
  });
}

/** The next entry that begins with what is typed, from the one after `from` and round the end; -1: none. */
export function entryBeginning(entries: readonly OutlineEntry[], from: number, typed: string): number {
  const start = typed.length > 1 ? from : from + 1;
  const places = entries.map((_, at) => (start + at) % entries.length);
  return places.find((at) => entries[at]?.text.toLowerCase().startsWith(typed.toLowerCase())) ?? -1;
}
