import { beforeEach, expect, test } from "vitest";
import { NO_KERNEL, NOTHING_RUNS } from "./documentMessages";
import { applyAll } from "./edits";
import { newCell, type Notebook } from "./model";
import { NotebookStore } from "./notebookStore";

const notebook: Notebook = { metadata: {}, cells: [newCell("a", "code", "1"), newCell("b", "code", "2")] };
let store: NotebookStore;

beforeEach(() => {
  store = new NotebookStore("folder/sub/n.ipynb");
  store.show(notebook);
});

test("a change of one cell tells those who look at that cell only", () => {
  const told: string[] = [];
  store.cell("a")?.subscribe(() => told.push("a"));
  store.cell("b")?.subscribe(() => told.push("b"));
  store.order.subscribe(() => told.push("order"));
  told.length = 0;
  store.show(applyAll(notebook, [{ op: "set_source", cell: "b", source: "3" }]));
  expect(told).toEqual(["b"]);
});

test("cells that have gone are named, and known no more", () => {
  const gone = store.show(applyAll(notebook, [{ op: "delete_cell", cell: "a" }]));
  expect([gone, store.order.value, store.cell("a")]).toEqual([["a"], ["b"], undefined]);
});

test("the language is the kernel's, else the notebook's own, else Python", () => {
  expect(store.language.value).toBe("python");
  store.show({ ...notebook, metadata: { kernelspec: { language: "R" } } });
  expect(store.language.value).toBe("R");
  store.show({ ...notebook, metadata: { kernelspec: { language: "R" }, language_info: { name: "julia" } } });
  expect(store.language.value).toBe("julia");
  store.setKernel({ ...NO_KERNEL, language: "rust" });
  expect(store.language.value).toBe("rust");
  store.setKernel(NO_KERNEL);
  store.show({ ...notebook, metadata: { language_info: "odd", kernelspec: null } });
  expect(store.language.value).toBe("python");
});

test("the folder is the path without the name", () => {
  expect([store.folder.value, new NotebookStore("n.ipynb").folder.value]).toEqual(["folder/sub", ""]);
});

test("a run remembers the text that was run, not what was typed meanwhile", () => {
  store.setRun({ running: "a", queued: [], startedAt: null });
  store.show(applyAll(notebook, [{ op: "set_source", cell: "a", source: "typed" }]));
  store.finished({ cell: "a", status: "ok", seconds: 2 });
  expect(store.lastRun("a").value).toEqual({ status: "ok", seconds: 2, source: "1" });
});

test("a cell that was skipped keeps what is known of its last run", () => {
  store.finished({ cell: "a", status: "ok", seconds: 1 });
  store.finished({ cell: "a", status: "skipped", seconds: null });
  expect(store.lastRun("a").value?.status).toBe("ok");
});

test("a cell that was at work when its kernel was restarted was stopped, one that waited did not run", () => {
  store.setRun({ running: "a", queued: ["b"], startedAt: null });
  store.finished({ cell: "a", status: "aborted", seconds: 2 });
  store.finished({ cell: "b", status: "aborted", seconds: null });
  expect(store.lastRun("a").value).toMatchObject({ status: "interrupted", seconds: 2 });
  expect(store.lastRun("b").value).toBeNull();
});

test("a cell whose end nobody heard is neither fine nor failed", () => {
  store.finished({ cell: "a", status: "unknown", seconds: 1 });
  expect(store.lastRun("a").value).toBeNull();
});

test("a reader is told how a cell has ended", () => {
  store.show(
    applyAll(notebook, [
      {
        op: "append_output",
        cell: "b",
        output: { output_type: "error", ename: "NameError", evalue: "x", traceback: [] },
      },
    ]),
  );
  const said = (["ok", "error", "interrupted", "died"] as const).map((status) => {
    store.finished({ cell: "b", status, seconds: 1 });
    return store.announced.value.text;
  });
  expect(said).toEqual([
    "Cell 2 finished",
    "Cell 2 finished with an error, NameError",
    "Cell 2 was interrupted",
    "The kernel died while cell 2 ran",
  ]);
});

test("a notice stays until it is dismissed", () => {
  store.notify("No.");
  expect([store.notice.value?.message, store.announced.value.text]).toEqual(["No.", "No."]);
  store.dismissNotice();
  expect(store.notice.value).toBeNull();
});

test("what is shown twice changes nothing", () => {
  let told = -1;
  store.order.subscribe(() => (told += 1));
  expect(store.show(store.notebook)).toEqual([]);
  store.setRun(NOTHING_RUNS);
  expect(told).toBe(0);
});
