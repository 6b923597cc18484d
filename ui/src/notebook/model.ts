/** The notebook as an immutable value; twin of adrastea/documents/notebook.py, in the shape of docs/document-socket.md. */
import type { JsonObject } from "../wire/json";
import type { Output } from "../wire/outputs";

export type CellId = string;
export type CellType = "code" | "markdown" | "raw";

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
