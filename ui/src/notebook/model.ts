/** The notebook as an immutable value; twin of adrastea/documents/notebook.py, in the shape of docs/document-socket.md. */
import type { JsonObject } from "../wire/json";
import type { Output } from "../wire/outputs";

export type CellId = string;
export type CellType = "code" | "markdown" | "raw";

/** Unknown keys may stand beside the known ones; they are carried through. */
export interface Cell {
  readonly id: CellId;
  readonly cell_type: CellType;
  readonly source: string;
  readonly metadata: JsonObject;
  /** Code cells only. */
  readonly execution_count?: number | null;
  /** Code cells only. */
  readonly outputs?: readonly Output[];
  readonly attachments?: JsonObject;
}

export interface Notebook {
  readonly metadata: JsonObject;
  readonly cells: readonly Cell[];
}

export const EMPTY_NOTEBOOK: Notebook = { metadata: {}, cells: [] };

/** A cell without content. */
export function newCell(id: CellId, cellType: CellType, source = ""): Cell {
  const cell = { id, cell_type: cellType, source, metadata: {} };
  return cellType === "code" ? { ...cell, execution_count: null, outputs: [] } : cell;
}
