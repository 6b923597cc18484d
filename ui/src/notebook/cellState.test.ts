import { beforeEach, expect, test } from "vitest";
import { changedCells, cellState, doubtOf, endWord, errorIn } from "./cellState";
import { type FinishedStatus, NOTHING_RUNS } from "./documentMessages";
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

test("how a run ended is worth a word when it did not end well", () => {
  const history = new RunHistory(store.order);
  const error = { output_type: "error", ename: "KeyboardInterrupt", evalue: "", traceback: [] } as const;
  store.show(applyAll(notebook, [{ op: "append_output", cell: "a", output: error }]));
  const words = (status: FinishedStatus) => {
    const finished = { cell: "a", status, seconds: 1 };
    store.setRun({ running: "a", queued: [], startedAt: null });
    store.setRun(NOTHING_RUNS);
    store.finished(finished);
    history.finished(finished);
    return endWord(store, history, "a");
  };
  expect([endWord(store, history, "a"), endWord(store, history, "b")]).toEqual(["error", null]); // from the file
  expect((["error", "interrupted", "died", "skipped"] as const).map(words)).toEqual([
    "error",
    "interrupted",
    "died",
    "skipped",
  ]);
  store.setRun({ running: "a", queued: [], startedAt: null });
  expect(endWord(store, history, "a")).toBeNull();
});

test("what a kernel ran that is no more is told apart, until it runs again", () => {
  const history = new RunHistory(store.order);
  const end = (cell: string): void => {
    const finished = { cell, status: "ok", seconds: 1 } as const;
    store.finished(finished);
    history.finished(finished);
  };
  end("b");
  end("a");
  history.kernelGone();
  expect(["a", "b", "c"].map((id) => doubtOf(store, history, id))).toEqual(["beforeRestart", "beforeRestart", null]);
  end("b");
  expect(["a", "b", "c"].map((id) => doubtOf(store, history, id))).toEqual(["beforeRestart", null, null]);
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
