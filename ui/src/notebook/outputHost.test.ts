import { expect, test } from "vitest";
import type { Output } from "../wire/outputs";
import { type Cell, newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";

const ERROR: Output = { output_type: "error", ename: "E", evalue: "", traceback: [] };
const ran = (id: string, count: number, outputs: readonly Output[] = []): Cell => ({
  ...newCell(id, "code", "one\ntwo"),
  execution_count: count,
  outputs,
});

function open(cells: readonly Cell[], opened: string[] = []): OpenNotebook {
  const notebook = openNotebook("folder/n.ipynb", {
    opener: {
      openFile: (path) => void opened.push(path),
      openAsText: () => undefined,
      openView: (title) => void opened.push(title),
      openSystemFile: (path, line) => void opened.push(`${path} at ${line}`),
    },
  });
  notebook.store.show({ metadata: { language_info: { name: "python" } }, cells });
  return notebook;
}

test("a cell that a traceback names is edited at its line; the last one with that number", () => {
  const notebook = open([ran("a", 5), ran("b", 6), ran("c", 5)]);
  notebook.outputHost.openPlace({ kind: "cell", count: 5, line: 2 });
  const { selection } = notebook.store;
  expect([selection.active.value, selection.mode.value, selection.caret.value]).toEqual(["c", "edit", 2]);
  notebook.outputHost.openPlace({ kind: "cell", count: 9, line: 2 });
  expect(notebook.store.notice.value?.message).toContain("[9]");
  notebook.close();
});

test("a file that a traceback names is opened: by the system's path, or in the notebook's folder", () => {
  const opened: string[] = [];
  const notebook = open([], opened);
  for (const path of ["/x/a.py", "~/a.py", "C:\\a.py", "./a.py"])
    notebook.outputHost.openPlace({ kind: "file", path, line: 3 });
  expect(opened).toEqual(["/x/a.py at 3", "~/a.py at 3", "C:\\a.py at 3", "folder/./a.py"]);
  notebook.close();
});

test("an output is opened in a tab that says whose it is", () => {
  const opened: string[] = [];
  const notebook = open([ran("a", 1), ran("b/c", 2, [ERROR])], opened);
  notebook.outputHost.openOutput("b/c/0");
  expect(opened).toEqual(["n.ipynb, cell 2"]);
  notebook.close();
});

test("the next error is the next one further down, round the end", () => {
  const notebook = open([ran("a", 1, [ERROR]), ran("b", 2), ran("c", 3, [ERROR])]);
  const { outputHost, store } = notebook;
  outputHost.nextError("a/0");
  expect(store.selection.active.value).toBe("c");
  outputHost.nextError("c/0");
  expect(store.selection.active.value).toBe("a");
  expect([outputHost.hasOtherError("a/0"), outputHost.hasOtherError("b/0")]).toEqual([true, true]);
  notebook.close();
});

test("an only error has no other, and where there is none it is said", () => {
  const notebook = open([ran("a", 1, [ERROR]), ran("b", 2)]);
  expect(notebook.outputHost.hasOtherError("a/0")).toBe(false);
  notebook.store.show({ metadata: {}, cells: [ran("b", 2)] });
  notebook.outputHost.nextError("b/0");
  expect(notebook.store.notice.value?.message).toContain("No cell shows an error");
  notebook.close();
});
