/**
 * The vocabulary of change: every way in which a notebook can become another one, as values.
 *
 * `apply` is total: an edit that names a cell or an output that is not there returns the notebook unchanged, so that a
 * late edit is harmless. Twin of adrastea/documents/edits.py, same vectors (tests/vectors/edits). Source of truth:
 * docs/document-socket.md.
 */
import type { JsonObject } from "../wire/json";
import type { Output } from "../wire/outputs";
import type { Cell, CellId, CellType, Notebook } from "./model";
import { sharing } from "./sharing";
import { join } from "./streams";

/** Outputs of a cell behind which what it prints begins no new one, to whichever stream. */
const OUTPUTS_LIMIT = 1_000;

export type CellEdit =
  | { readonly op: "set_source"; readonly cell: CellId; readonly source: string }
  | { readonly op: "set_cell_type"; readonly cell: CellId; readonly cell_type: CellType }
  | { readonly op: "set_cell_metadata"; readonly cell: CellId; readonly metadata: JsonObject }
  | { readonly op: "set_attachments"; readonly cell: CellId; readonly attachments: JsonObject | null }
  | { readonly op: "set_execution_count"; readonly cell: CellId; readonly execution_count: number | null }
  | { readonly op: "clear_outputs"; readonly cell: CellId }
  | { readonly op: "append_output"; readonly cell: CellId; readonly output: Output }
  | { readonly op: "replace_output"; readonly cell: CellId; readonly index: number; readonly output: Output }
  | { readonly op: "set_outputs"; readonly cell: CellId; readonly outputs: readonly Output[] };

export type Edit =
  | CellEdit
  | { readonly op: "insert_cell"; readonly after: CellId | null; readonly cell: Cell }
  | { readonly op: "delete_cell"; readonly cell: CellId }
  | { readonly op: "move_cell"; readonly cell: CellId; readonly after: CellId | null }
  | { readonly op: "set_notebook_metadata"; readonly metadata: JsonObject }
  | { readonly op: "replace_notebook"; readonly notebook: Notebook };

/** The notebook after the edit; the very same object when nothing changes. */
export function apply(notebook: Notebook, edit: Edit): Notebook {
  return applyAll(notebook, [edit]);
}

/** The notebook after all of them, in order; cells that no edit touches stay the same objects. */
export function applyAll(notebook: Notebook, edits: readonly Edit[]): Notebook {
  const work = new Workpiece(notebook);
  for (const edit of edits) work.apply(edit);
  return work.finished();
}

/** One notebook while a batch of edits is applied to it: its list of cells is copied once, not once per edit. */
export class Workpiece {
  #notebook: Notebook;
  #cells: Cell[] | null = null;
  #places: Map<CellId, number> | null = null;
  /** A cell whose outputs nobody else has seen yet: they may grow where they are, or 20,000 would be copied 20,000 times. */
  #growing: Cell | null = null;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  finished(): Notebook {
    this.#growing = null;
    return this.#cells === null ? this.#notebook : { ...this.#notebook, cells: this.#cells };
  }

  apply(edit: Edit): void {
    switch (edit.op) {
      case "insert_cell":
        if (this.#indexOf(edit.cell.id) < 0) this.#insert(edit.after, edit.cell);
        return;
      case "delete_cell":
        this.#take(edit.cell);
        return;
      case "move_cell": {
        const moved = edit.cell === edit.after ? undefined : this.#take(edit.cell);
        if (moved !== undefined) this.#insert(edit.after, moved);
        return;
      }
      case "set_notebook_metadata":
        this.#notebook = { ...this.#notebook, metadata: edit.metadata };
        return;
      case "replace_notebook":
        this.#notebook = sharing(this.finished(), edit.notebook);
        this.#cells = this.#places = null;
        return;
      default:
        this.#change(edit);
    }
  }

  cell(id: CellId): Cell | undefined {
    this.#growing = null;
    return this.#list()[this.#indexOf(id)];
  }

  /** The cell before another one; null at the beginning. */
  before(id: CellId): CellId | null {
    return this.#list()[this.#indexOf(id) - 1]?.id ?? null;
  }

  get metadata(): JsonObject {
    return this.#notebook.metadata;
  }

  #change(edit: CellEdit): void {
    const index = this.#indexOf(edit.cell);
    const cell = this.#list()[index];
    if (cell === undefined) return;
    const isMore = edit.op === "append_output" && edit.output.output_type !== "stream";
    if (isMore && cell === this.#growing) {
      (cell.outputs as Output[]).push(edit.output);
      return;
    }
    const changed = changedCell(cell, edit);
    if (changed !== cell) this.#own()[index] = changed;
    this.#growing = isMore && changed !== cell ? changed : null;
  }

  #insert(after: CellId | null, cell: Cell): void {
    const found = after === null ? -1 : this.#indexOf(after);
    const cells = this.#own();
    cells.splice(after !== null && found < 0 ? cells.length : found + 1, 0, cell);
    this.#places = null;
  }

  #take(id: CellId): Cell | undefined {
    const index = this.#indexOf(id);
    if (index < 0) return undefined;
    const [cell] = this.#own().splice(index, 1);
    this.#places = null;
    return cell;
  }

  #list(): readonly Cell[] {
    return this.#cells ?? this.#notebook.cells;
  }

  #own(): Cell[] {
    this.#cells ??= [...this.#notebook.cells];
    return this.#cells;
  }

  #indexOf(id: CellId): number {
    this.#places ??= new Map(this.#list().map((cell, index) => [cell.id, index]));
    return this.#places.get(id) ?? -1;
  }
}

function changedCell(cell: Cell, edit: CellEdit): Cell {
  switch (edit.op) {
    case "set_source":
      return edit.source === cell.source ? cell : { ...cell, source: edit.source };
    case "set_cell_type":
      return edit.cell_type === cell.cell_type ? cell : retyped(cell, edit.cell_type);
    case "set_cell_metadata":
      return { ...cell, metadata: edit.metadata };
    case "set_attachments":
      return cell.cell_type === "code" ? cell : withAttachments(cell, edit.attachments);
    default:
      return cell.cell_type === "code" ? ranCell(cell, edit) : cell;
  }
}

function ranCell(
  cell: Cell,
  edit: Exclude<CellEdit, { readonly op: "set_source" | "set_cell_type" | "set_cell_metadata" | "set_attachments" }>,
): Cell {
  const outputs = cell.outputs ?? [];
  switch (edit.op) {
    case "set_execution_count":
      return edit.execution_count === cell.execution_count ? cell : { ...cell, execution_count: edit.execution_count };
    case "clear_outputs":
      return outputs.length === 0 ? cell : { ...cell, outputs: [] };
    case "append_output":
      return { ...cell, outputs: appended(outputs, edit.output) };
    case "replace_output":
      return edit.index < 0 || edit.index >= outputs.length
        ? cell
        : { ...cell, outputs: outputs.with(edit.index, edit.output) };
    case "set_outputs":
      return { ...cell, outputs: edit.outputs };
  }
}

function retyped(cell: Cell, cellType: CellType): Cell {
  if (cellType === "code") {
    const { attachments: _, ...rest } = cell;
    return { ...rest, cell_type: cellType, execution_count: null, outputs: [] };
  }
  const { outputs: _, execution_count: __, ...rest } = cell;
  return { ...rest, cell_type: cellType };
}

function withAttachments(cell: Cell, attachments: JsonObject | null): Cell {
  const { attachments: _, ...rest } = cell;
  return attachments === null || Object.keys(attachments).length === 0 ? rest : { ...rest, attachments };
}

function appended(outputs: readonly Output[], added: Output): readonly Output[] {
  if (added.output_type !== "stream") return [...outputs, added];
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && (last.name === added.name || outputs.length >= OUTPUTS_LIMIT)) {
    return outputs.with(-1, { ...last, text: join(last.text, added.text) });
  }
  return [...outputs, { ...added, text: join("", added.text) }];
}
