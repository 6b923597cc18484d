/** Finding words in a text by its lines, as they are seen: without colours, capitals and small letters alike. Pure. */
import { stripAnsi } from "./ansi";
import { type TextLines } from "./textLines";

export const MOST_FOUND = 10_000; // places: who needs more looks for something else

export interface FoundPlace {
  readonly line: number;
  /** Offset in the line as it is seen. */
  readonly at: number;
}

/** In order, none within another. */
export function searchLines(lines: TextLines, query: string): readonly FoundPlace[] {
  const found: FoundPlace[] = [];
  if (query === "") return found;
  for (let line = 0; line < lines.count && found.length < MOST_FOUND; line++) {
    const text = stripAnsi(lines.raw(line));
    for (const at of placesOf(text, query)) {
      if (found.length < MOST_FOUND) found.push({ line, at });
    }
  }
  return found;
}

/** Where the query begins in a text. */
export function placesOf(text: string, query: string): readonly number[] {
  const places: number[] = [];
  if (query === "") return places;
  const [within, wanted] = [folded(text), folded(query)];
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

/** In small letters, where that leaves every letter in its place. */
function folded(text: string): string {
  const small = text.toLowerCase();
  return small.length === text.length ? small : text;
}
