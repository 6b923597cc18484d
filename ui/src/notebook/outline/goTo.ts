/** Going to a heading, a cell or a line of one; and what can be gone to, for the palette. */
import { outlineText as text } from "../../i18n/outline";
import type { CellId } from "../model";
import type { OpenNotebook } from "../openNotebook";
import type { OutlineEntry } from "./sectionsStore";

const HEADINGS = "h1, h2, h3, h4, h5, h6";

export function goToHeading(notebook: OpenNotebook, { cell, nth }: OutlineEntry): void {
  goToCell(notebook, cell);
  if (nth > 0) notebook.page?.shellOf(cell)?.querySelectorAll(HEADINGS)[nth]?.scrollIntoView({ block: "start" });
}

/** The cell is selected, at the top of the view, and has the keyboard. */
export function goToCell(notebook: OpenNotebook, cell: CellId): void {
  notebook.store.selection.select(cell);
  notebook.page?.toTop(cell);
  notebook.page?.focus();
}

/** Somewhere that can be gone to. */
export interface GoTarget {
  readonly id: string;
  readonly title: string;
  /** More about it, shown at the right. */
  readonly detail: string;
  readonly go: () => void;
}

/** For `@`: all headings, and the code cells by their first line. */
export function headingsAndCells(notebook: OpenNotebook): readonly GoTarget[] {
  const { store, sections } = notebook;
  const places = store.places.peek();
  const headings = sections.outline.peek().map((entry): GoTarget & { place: number } => ({
    id: `heading ${entry.cell} ${entry.nth}`,
    title: entry.text,
    detail: "#".repeat(entry.level),
    place: places.get(entry.cell) ?? 0,
    go: () => goToHeading(notebook, entry),
  }));
  const cells = store.notebook.cells.flatMap((cell, place): (GoTarget & { place: number })[] => {
    const first = cell.cell_type === "code" ? (cell.source.split("\n", 1)[0]?.trim() ?? "") : "";
    if (first === "") return [];
    const detail = text.cellRow(place + 1);
    return [{ id: `cell ${cell.id}`, title: first, detail, place, go: () => goToCell(notebook, cell.id) }];
  });
  return [...headings, ...cells].sort((one, other) => one.place - other.place);
}

/** For `:` and a number: that line of the active cell, and the cell of that number. */
export function linesAndCells(notebook: OpenNotebook, number: number): readonly GoTarget[] {
  const { store, editor } = notebook;
  const { selection } = store;
  const active = selection.active.peek();
  const lines = active === null ? 0 : (store.cell(active)?.peek().source.split("\n").length ?? 0);
  const cell = store.order.peek()[number - 1];
  const targets: GoTarget[] = [];
  if (active !== null && number >= 1 && number <= lines) {
    const title = text.lineRow(number, selection.index + 1);
    targets.push({
      id: "line",
      title,
      detail: "",
      go: () => {
        selection.edit(active);
        editor.goToLine(active, number);
      },
    });
  }
  if (cell !== undefined) {
    targets.push({ id: "cell", title: text.cellRow(number), detail: "", go: () => goToCell(notebook, cell) });
  }
  return targets;
}
