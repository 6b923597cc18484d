import { beforeEach, expect, test } from "vitest";
import { cellState, errorIn } from "./cellState";
import { NOTHING_RUNS } from "./documentMessages";
import { applyAll } from "./edits";
import { newCell, type Notebook } from "./model";
import { NotebookStore } from "./notebookStore";

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
