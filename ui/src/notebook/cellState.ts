/** What one cell shows of its runs, worked out from the store. Pure but for reading signals. */
import type { Cell, CellId } from "./model";
import type { CellRun, NotebookStore } from "./notebookStore";
import type { RunHistory } from "./runHistory";

export type CellState =
  | { readonly at: "running"; readonly since: Date | null }
  | { readonly at: "queued"; readonly place: number }
  /** `run` is null for what was run in an earlier session, or never. */
  | { readonly at: "rest"; readonly count: number | null; readonly run: CellRun | null; readonly edited: boolean };

export function cellState(store: NotebookStore, id: CellId): CellState {
  const { running, queued, startedAt } = store.run.value;
  if (running === id) return { at: "running", since: startedAt };
  const place = [...queued, ...store.waiting.value].indexOf(id);
  if (place >= 0) return { at: "queued", place: place + 1 };
  const cell = store.cell(id)?.value;
  const run = store.lastRun(id).value;
  return {
    at: "rest",
    count: cell?.execution_count ?? null,
    run,
    edited: run !== null && cell !== undefined && run.source !== cell.source,
  };
}

/** Why a cell at rest may not be what it seems; null: it is. */
export type Doubt = "edited" | "skipped" | "outOfOrder" | "beforeRestart" | "fromFile";

export function doubtOf(store: NotebookStore, history: RunHistory, id: CellId): Doubt | null {
  const state = cellState(store, id);
  if (state.at !== "rest") return null;
  if (history.skipped.value.has(id)) return "skipped";
  if (state.edited) return "edited";
  if (state.run === null) return state.count === null ? null : "fromFile";
  if (history.old.value.has(id)) return "beforeRestart";
  return history.outOfOrder.value.has(id) ? "outOfOrder" : null;
}

/** How the last run of a cell at rest ended, where that is worth a word beside it. */
export type EndWord = "skipped" | "interrupted" | "died" | "error";

export function endWord(store: NotebookStore, history: RunHistory, id: CellId): EndWord | null {
  const state = cellState(store, id);
  const cell = store.cell(id)?.value;
  if (state.at !== "rest" || cell === undefined) return null;
  if (history.skipped.value.has(id)) return "skipped";
  const status = state.run?.status;
  if (status === "interrupted" || status === "died") return status; // what it raised for that is no error of its code
  return errorIn(cell) === null ? null : "error";
}

/** Code cells whose text is not what ran last: edited since, or never run at all. */
export function changedCells(store: NotebookStore): readonly CellId[] {
  return store.notebook.cells
    .filter((cell) => {
      if (cell.cell_type !== "code" || cell.source.trim() === "") return false;
      const run = store.lastRun(cell.id).peek();
      return run === null ? cell.execution_count == null : run.source !== cell.source;
    })
    .map((cell) => cell.id);
}

/** The name of the error that its outputs show, or null. */
export function errorIn(cell: Cell): string | null {
  const error = cell.outputs?.findLast((output) => output.output_type === "error");
  return error?.output_type === "error" ? error.ename : null;
}
