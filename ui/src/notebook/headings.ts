/** Where the headings of a notebook are; they are looked for in the model, for most cells are not in the page. Pure. */
import type { CellId, Notebook } from "./model";

/** The cell with the heading that a link means, by the id of its element; null when there is none. */
export function cellWithHeading(notebook: Notebook, elementId: string): CellId | null {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "markdown") continue;
    if (headingsIn(cell.source).some((heading) => isSame(elementId, heading))) return cell.id;
  }
  return null;
}

/** The texts of the headings, without their marks; those in code blocks are none. */
export function headingsIn(source: string): readonly string[] {
  return headingLines(source).map((heading) => heading.text);
}

export interface Heading {
  /** From 1 to 6. */
  readonly level: number;
  readonly text: string;
}

export function headingLines(source: string): readonly Heading[] {
  if (!source.includes("#")) return [];
  let fence: string | null = null;
  return source.split("\n").flatMap((line) => {
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]?.slice(0, 3) ?? null;
    if (mark !== null && (fence === null || fence === mark)) fence = fence === null ? mark : null;
    const found = fence === null ? /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) : null;
    return found === null ? [] : [{ level: found[1]?.length ?? 1, text: found[2] ?? "" }];
  });
}

function isSame(elementId: string, heading: string): boolean {
  const name = anchorOf(heading);
  return elementId === name || elementId === `user-content-${name}`;
}

function anchorOf(heading: string): string {
  return heading
    .replace(/<[^>]*>/g, "")
    .replace(/[*`]/g, "")
    .trim()
    .replace(/\s+/g, "-");
}
