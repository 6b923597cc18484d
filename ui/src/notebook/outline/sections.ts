/**
 * A notebook's sections: a cell with a heading, and what is below it up to the next heading that is as high. A folded
 * heading hides its section; the fold is kept in the cell's metadata as JupyterLab keeps it. Pure.
 */
import type { Edit } from "../edits";
import { type Heading, headingLines } from "../headings";
import type { Cell, CellId, Notebook } from "../model";

const FOLDED = "jp-MarkdownHeadingCollapsed"; // JupyterLab's and Notebook 7's; the older extensions' is only read
const FOLDED_BEFORE = "heading_collapsed";
const NONE: readonly Heading[] = [];
const kept = new WeakMap<Cell, readonly Heading[]>();

/** The headings in a Markdown cell. Cell values never change, so each is read once. */
export function headingsOf(cell: Cell): readonly Heading[] {
  if (cell.cell_type !== "markdown") return NONE;
  let found = kept.get(cell);
  if (found === undefined) kept.set(cell, (found = headingLines(cell.source)));
  return found;
}

/** How high the cell stands as a heading: its highest one; null when it has none. */
export function levelOf(cell: Cell): number | null {
  const levels = headingsOf(cell).map((heading) => heading.level);
  return levels.length === 0 ? null : Math.min(...levels);
}

export function isFolded(cell: Cell): boolean {
  return cell.cell_type === "markdown" && (cell.metadata[FOLDED] === true || cell.metadata[FOLDED_BEFORE] === true);
}

export interface Folds {
  /** The cells that are not shown, each with the heading that is shown in its place. */
  readonly hidden: ReadonlyMap<CellId, CellId>;
  /** How many cells each folded heading hides. */
  readonly counts: ReadonlyMap<CellId, number>;
}

export const NO_FOLDS: Folds = { hidden: new Map(), counts: new Map() };

export function foldsOf(notebook: Notebook): Folds {
  const hidden = new Map<CellId, CellId>();
  const counts = new Map<CellId, number>();
  let fold: { readonly id: CellId; readonly level: number } | null = null;
  for (const cell of notebook.cells) {
    const level = levelOf(cell);
    if (fold !== null && level !== null && level <= fold.level) fold = null;
    if (fold !== null) {
      hidden.set(cell.id, fold.id);
      counts.set(fold.id, (counts.get(fold.id) ?? 0) + 1);
    } else if (level !== null && isFolded(cell)) {
      fold = { id: cell.id, level };
      counts.set(cell.id, 0);
    }
  }
  return counts.size === 0 ? NO_FOLDS : { hidden, counts };
}

/** The places of a section: from its heading up to, but without, the next that is as high. Of other cells: themselves. */
export function sectionAt(notebook: Notebook, place: number): { readonly from: number; readonly to: number } {
  const cell = notebook.cells[place];
  const level = cell === undefined ? null : levelOf(cell);
  if (level === null) return { from: place, to: place + 1 };
  const next = notebook.cells.findIndex((other, at) => at > place && (levelOf(other) ?? 7) <= level);
  return { from: place, to: next < 0 ? notebook.cells.length : next };
}

/** The place of the heading that a cell stands under; of a heading: the one above it that is higher. -1: none. */
export function headingAbove(notebook: Notebook, place: number): number {
  const level = levelOf(notebook.cells[place] ?? NO_CELL) ?? 7;
  return notebook.cells.slice(0, Math.max(0, place)).findLastIndex((cell) => (levelOf(cell) ?? 7) < level);
}

const NO_CELL: Cell = { id: "", cell_type: "raw", source: "", metadata: {} };

/** The edits that fold or unfold these headings; cells without one, and those that are so already, are passed over. */
export function folding(cells: readonly Cell[], fold: boolean): readonly Edit[] {
  return cells
    .filter((cell) => levelOf(cell) !== null && isFolded(cell) !== fold)
    .map((cell) => {
      const { [FOLDED]: _, [FOLDED_BEFORE]: __, ...others } = cell.metadata;
      const metadata = fold ? { ...others, [FOLDED]: true } : others;
      return { op: "set_cell_metadata", cell: cell.id, metadata };
    });
}

/** Whether sections differ between two values of a cell. */
export function isOtherHeading(before: Cell, after: Cell): boolean {
  if (before.cell_type !== "markdown" && after.cell_type !== "markdown") return false;
  if (isFolded(before) !== isFolded(after)) return true;
  const [one, other] = [headingsOf(before), headingsOf(after)];
  return one.length !== other.length || one.some((heading, at) => !isSame(heading, other[at]));
}

function isSame(one: Heading, other: Heading | undefined): boolean {
  return one.level === other?.level && one.text === other.text;
}
