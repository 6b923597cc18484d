import { beforeEach, expect, test } from "vitest";
import { changedCells, cellState, doubtOf, errorIn } from "./cellState";
import { NOTHING_RUNS } from "./documentMessages";
import { applyAll } from "./edits";
import { newCell, type Notebook } from "./model";
import { NotebookStore } from "./notebookStore";
import { RunHistory } from "./runHistory";

const notebook: Notebook = {
  metadata: {},
  cells: [{ ...newCell("a", "code", "1"), execution_count: 7 }, newCell("b", "code"), newCell("c", "code")],
};
let store: NotebookStore;

beforeEach(() => {
  store = new NotebookStore("n.ipynb");
  store.show(notebook);
});

test("a count without a run in this session is from the file", () => {
  expect(cellState(store, "a")).toEqual({ at: "rest", count: 7, run: null, edited: false });
});

test("cells run, wait in their order, and wait for a kernel behind those", () => {
  const since = new Date();
  store.setRun({ running: "a", queued: ["b"], startedAt: since });
  store.setWaiting(["c"]);
  expect(["a", "b", "c"].map((id) => cellState(store, id))).toEqual([
    { at: "running", since },
    { at: "queued", place: 1 },
    { at: "queued", place: 2 },
  ]);
});

test("a cell that was changed since its run is edited, and is not when the text is as it was", () => {
  store.setRun({ running: "a", queued: [], startedAt: null });
  store.setRun(NOTHING_RUNS);
  store.finished({ cell: "a", status: "ok", seconds: 1 });
  expect(cellState(store, "a")).toMatchObject({ edited: false, run: { status: "ok" } });
  store.show(applyAll(notebook, [{ op: "set_source", cell: "a", source: "2" }]));
  expect(cellState(store, "a")).toMatchObject({ edited: true });
  store.show(notebook);
  expect(cellState(store, "a")).toMatchObject({ edited: false });
});

test("the error of a cell is the last one that it shows", () => {
  const error = (ename: string) => ({ output_type: "error", ename, evalue: "", traceback: [] }) as const;
  const cell = { ...newCell("x", "code"), outputs: [error("A"), error("B")] };
  expect([errorIn(cell), errorIn(newCell("y", "code")), errorIn(newCell("z", "raw"))]).toEqual(["B", null, null]);
});

test("what a cell shows may be doubtful: from the file, edited, passed over, out of order", () => {
  const history = new RunHistory(store.order);
  const end = (cell: string, status: "ok" | "skipped"): void => {
    const finished = { cell, status, seconds: 1 };
    store.finished(finished);
    history.finished(finished);
  };
  const doubts = () => ["a", "b", "c"].map((id) => doubtOf(store, history, id));
  expect(doubts()).toEqual(["fromFile", null, null]);
  end("b", "ok");
  end("a", "ok");
  end("c", "skipped");
  expect(doubts()).toEqual([null, "outOfOrder", "skipped"]);
  store.show(applyAll(notebook, [{ op: "set_source", cell: "b", source: "2" }]));
  expect(doubts()).toEqual([null, "edited", "skipped"]);
});

test("changed are the cells that were edited since they ran, and those that never ran", () => {
  const more = [newCell("d", "code", "new"), newCell("e", "markdown", "text")];
  const first = { ...notebook, cells: [...notebook.cells, ...more] };
  store.show(first);
  expect(changedCells(store)).toEqual(["d"]);
  store.finished({ cell: "a", status: "ok", seconds: 1 });
  store.finished({ cell: "d", status: "ok", seconds: 1 });
  store.show(applyAll(first, [{ op: "set_source", cell: "a", source: "2" }]));
  expect(changedCells(store)).toEqual(["a"]);
});
