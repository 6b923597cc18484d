/**
 * What a user can do to cells, as edits and what is selected afterwards. Pure: the notebook and the selection go in; new
 * ids come from `newId`.
 */
import type { JsonObject } from "../wire/json";
import type { Edit } from "./edits";
import { type Cell, type CellId, type CellType, newCell, type Notebook } from "./model";
import type { Caret } from "./selection";

export interface Change {
  readonly edits: readonly Edit[];
  /** The cells that are selected afterwards, the active one last; absent: as before. */
  readonly select?: readonly [first: CellId, active: CellId];
  /** Edit the active cell, with the caret there. */
  readonly caret?: Caret;
}

export type NewId = () => CellId;

export const NO_CHANGE: Change = { edits: [] };

export function insertCell(after: CellId | null, cell: Cell, caret?: Caret): Change {
  const change: Change = { edits: [{ op: "insert_cell", after, cell }], select: [cell.id, cell.id] };
  return caret === undefined ? change : { ...change, caret };
}

/** Puts cells in behind another one; they are all selected. Their ids must be new. */
export function insertCells(after: CellId | null, cells: readonly Cell[]): Change {
  const [first, last] = [cells[0], cells.at(-1)];
  if (first === undefined || last === undefined) return NO_CHANGE;
  const edits = cells.map((cell, index): Edit => {
    return { op: "insert_cell", after: cells[index - 1]?.id ?? after, cell };
  });
  return { edits, select: [first.id, last.id] };
}

/** A notebook never becomes empty by this: an empty code cell is left. */
export function deleteCells(notebook: Notebook, ids: readonly CellId[], newId: NewId): Change {
  const gone = new Set(ids);
  const edits = ids.map((id): Edit => ({ op: "delete_cell", cell: id }));
  const last = notebook.cells.findLastIndex((cell) => gone.has(cell.id));
  const next =
    notebook.cells.slice(last + 1).find((cell) => !gone.has(cell.id)) ??
    notebook.cells.findLast((cell) => !gone.has(cell.id));
  if (next !== undefined) return { edits, select: [next.id, next.id] };
  const fresh = newCell(newId(), "code");
  return { edits: [...edits, { op: "insert_cell", after: null, cell: fresh }], select: [fresh.id, fresh.id] };
}

/** The same cells with other ids. */
export function copies(cells: readonly Cell[], newId: NewId): readonly Cell[] {
  return cells.map((cell) => ({ ...cell, id: newId() }));
}

export function duplicateCells(notebook: Notebook, ids: readonly CellId[], newId: NewId): Change {
  return insertCells(ids.at(-1) ?? null, copies(cellsOf(notebook, ids), newId));
}

/** Cells to behind another one; null: to the beginning. Those that stay selected are `ids`. */
export function moveCells(ids: readonly CellId[], after: CellId | null): Change {
  const edits = ids.map((cell, place): Edit => ({ op: "move_cell", cell, after: ids[place - 1] ?? after }));
  return { edits };
}

/** One place up: it is the cell above that moves, so that what is in the selected ones stays alive. */
export function moveUp(ids: readonly CellId[], above: readonly CellId[]): Change {
  const last = ids.at(-1);
  return last === undefined ? NO_CHANGE : moveCells(above, last);
}

/** One place down, past the cells below. */
export function moveDown(notebook: Notebook, ids: readonly CellId[], below: readonly CellId[]): Change {
  const place = placeOf(notebook, ids[0]);
  return place < 0 ? NO_CHANGE : moveCells(below, notebook.cells[place - 1]?.id ?? null);
}

/** Splits at an offset: what is before it becomes a cell above; the cell itself keeps the rest and its outputs. */
export function splitCell(notebook: Notebook, id: CellId, offset: number, newId: NewId): Change {
  const place = placeOf(notebook, id);
  const cell = notebook.cells[place];
  if (cell === undefined) return NO_CHANGE;
  const head = newCell(newId(), cell.cell_type, cell.source.slice(0, offset).replace(/\n$/, ""));
  return {
    edits: [
      { op: "insert_cell", after: notebook.cells[place - 1]?.id ?? null, cell: head },
      { op: "set_source", cell: id, source: cell.source.slice(offset).replace(/^\n/, "") },
    ],
    select: [id, id],
    caret: "start",
  };
}

/** One cell out of several, with the type of the first; its outputs go, for they belong to none of the parts. */
export function mergeCells(notebook: Notebook, ids: readonly CellId[]): Change {
  const cells = cellsOf(notebook, ids);
  const first = cells[0];
  if (first === undefined || cells.length < 2) return NO_CHANGE;
  const source = cells.map((cell) => cell.source).join(first.cell_type === "markdown" ? "\n\n" : "\n");
  const attachments = cells.reduce<JsonObject>((all, cell) => ({ ...cell.attachments, ...all }), {});
  const edits: Edit[] = [{ op: "set_source", cell: first.id, source }];
  if (first.cell_type === "code") edits.push(...clearing(first.id));
  else if (Object.keys(attachments).length > 0) edits.push({ op: "set_attachments", cell: first.id, attachments });
  edits.push(...cells.slice(1).map((cell): Edit => ({ op: "delete_cell", cell: cell.id })));
  return { edits, select: [first.id, first.id] };
}

export function setCellType(notebook: Notebook, ids: readonly CellId[], cellType: CellType): Change {
  const cells = cellsOf(notebook, ids).filter((cell) => cell.cell_type !== cellType);
  return { edits: cells.map((cell) => ({ op: "set_cell_type", cell: cell.id, cell_type: cellType })) };
}

/** A markdown heading of this level; a heading that is there changes its level. */
export function makeHeading(notebook: Notebook, ids: readonly CellId[], level: number): Change {
  const edits = cellsOf(notebook, ids).flatMap((cell): Edit[] => {
    const source = `${"#".repeat(level)} ${cell.source.replace(/^\s*(#{1,6}(\s+|$))?/, "")}`;
    const typed: Edit[] =
      cell.cell_type === "markdown" ? [] : [{ op: "set_cell_type", cell: cell.id, cell_type: "markdown" }];
    return [...typed, { op: "set_source", cell: cell.id, source }];
  });
  return { edits };
}

export function clearOutputs(notebook: Notebook, ids: readonly CellId[]): Change {
  const ran = cellsOf(notebook, ids).filter(
    (cell) => cell.cell_type === "code" && ((cell.outputs ?? []).length > 0 || cell.execution_count != null),
  );
  return { edits: ran.flatMap((cell) => clearing(cell.id)) };
}

/** Shows or hides the code or the output, as nbformat notes it. */
export function toggleHidden(notebook: Notebook, ids: readonly CellId[], part: "source" | "outputs"): Change {
  const cells = cellsOf(notebook, ids);
  const hide = !cells.every((cell) => isHidden(cell, part));
  return {
    edits: cells.map((cell) => ({ op: "set_cell_metadata", cell: cell.id, metadata: hidden(cell, part, hide) })),
  };
}

/** Whether a cell's code or output is folded away, by JupyterLab's or the older notation. */
export function isHidden(cell: Cell, part: "source" | "outputs"): boolean {
  const own = jupyterOf(cell)[`${part}_hidden`];
  if (typeof own === "boolean") return own;
  return part === "outputs" && cell.metadata["collapsed"] === true;
}

/** Gives outputs a box that scrolls, or shows all of them, as nbformat notes it. */
export function toggleScrolled(notebook: Notebook, ids: readonly CellId[]): Change {
  const cells = cellsOf(notebook, ids).filter((cell) => cell.cell_type === "code");
  const scrolled = !cells.every((cell) => isScrolled(cell) === true);
  return {
    edits: cells.map((cell) => ({
      op: "set_cell_metadata",
      cell: cell.id,
      metadata: { ...cell.metadata, scrolled },
    })),
  };
}

/** Whether its outputs stand in a box that scrolls; `null` where the notebook leaves it to us. */
export function isScrolled(cell: Cell): boolean | null {
  const { scrolled } = cell.metadata;
  return typeof scrolled === "boolean" ? scrolled : null;
}

function hidden(cell: Cell, part: "source" | "outputs", hide: boolean): JsonObject {
  const { [`${part}_hidden`]: _, ...others } = jupyterOf(cell);
  const { jupyter: __, collapsed, ...rest } = cell.metadata;
  const jupyter = hide ? { ...others, [`${part}_hidden`]: true } : others;
  return {
    ...rest,
    ...(part === "source" && collapsed !== undefined && { collapsed }),
    ...(Object.keys(jupyter).length > 0 && { jupyter }),
  };
}

function jupyterOf(cell: Cell): JsonObject {
  const jupyter = cell.metadata["jupyter"];
  return typeof jupyter === "object" && jupyter !== null && !Array.isArray(jupyter) ? (jupyter as JsonObject) : {};
}

function clearing(id: CellId): readonly Edit[] {
  return [
    { op: "clear_outputs", cell: id },
    { op: "set_execution_count", cell: id, execution_count: null },
  ];
}

export function cellsOf(notebook: Notebook, ids: readonly CellId[]): readonly Cell[] {
  const wanted = new Set(ids);
  return notebook.cells.filter((cell) => wanted.has(cell.id));
}

function placeOf(notebook: Notebook, id: CellId | undefined): number {
  return notebook.cells.findIndex((cell) => cell.id === id);
}
