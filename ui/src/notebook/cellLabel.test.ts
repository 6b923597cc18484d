import { beforeEach, expect, test } from "vitest";
import { cellLabel } from "./cellLabel";
import { NOTHING_RUNS } from "./documentMessages";
import { newCell } from "./model";
import { NotebookStore } from "./notebookStore";
import { RunHistory } from "./runHistory";

const ERROR = { output_type: "error" as const, ename: "NameError", evalue: "x", traceback: [] };
let store: NotebookStore;
let runHistory: RunHistory;
const label = (id: string) => cellLabel({ store, runHistory }, id);

beforeEach(() => {
  store = new NotebookStore("n.ipynb");
  runHistory = new RunHistory(store.order);
  store.show({
    metadata: {},
    cells: [
      newCell("a", "code", "1"),
      { ...newCell("b", "code", "2"), execution_count: 3, outputs: [ERROR] },
      newCell("c", "markdown", "# C"),
      { ...newCell("d", "code", "4"), metadata: { jupyter: { source_hidden: true } } },
    ],
  });
});

test("where it stands, what it is, and that it has not run", () => {
  expect(label("a")).toBe("Code cell 1 of 4, not run");
  expect(label("c")).toBe("Markdown cell 3 of 4");
});

test("what the file brings is told apart from what was run here", () => {
  expect(label("b")).toBe("Code cell 2 of 4, From the saved file, not run in this session, has an error");
});

test("running, waiting for input, waiting in the queue", () => {
  store.setRun({ running: "a", queued: ["b"], startedAt: null });
  expect(label("a")).toBe("Code cell 1 of 4, running");
  expect(label("b")).toContain("Queued: 1st");
  store.setInput({ cell: "a", prompt: "Name? ", password: false });
  expect(label("a")).toBe("Code cell 1 of 4, waits for input");
});

test("how a run has ended", () => {
  const ends = (["ok", "interrupted", "died"] as const).map((status) => {
    store.setRun({ running: "a", queued: [], startedAt: null });
    store.setRun(NOTHING_RUNS);
    store.finished({ cell: "a", status, seconds: 1.4 });
    return label("a");
  });
  expect(ends).toEqual([
    "Code cell 1 of 4, done in 1.4 s",
    "Code cell 1 of 4, interrupted after 1.4 s",
    "Code cell 1 of 4, the kernel died after 1.4 s",
  ]);
});

test("what is hidden is said", () => {
  expect(label("d")).toContain("Code hidden");
});
