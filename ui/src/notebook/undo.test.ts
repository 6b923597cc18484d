import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Json } from "../wire/json";
import { applyAll, type Edit } from "./edits";
import { newCell, type Notebook } from "./model";
import { inverse, overwritten, UndoHistory } from "./undo";
import { editOf, notebookOf } from "./wireForm";

const FOLDER = new URL("../../../tests/vectors/edits/", import.meta.url);
const vectors = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .flatMap(
    (name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { name: string; notebook: Json; edit: Json }[],
  );

test.each(vectors)("is undone: $name", ({ notebook, edit }) => {
  const before = notebookOf(notebook);
  const edits = [editOf(edit)];
  const back = inverse(before, edits);
  expect(applyAll(applyAll(before, edits), back)).toEqual(before);
});

const notebook: Notebook = {
  metadata: {},
  cells: [newCell("a", "code", "1"), newCell("b", "markdown", "2"), newCell("c", "code", "3")],
};

test("a batch is undone as a whole, in the other order", () => {
  const edits: Edit[] = [
    { op: "delete_cell", cell: "a" },
    { op: "set_cell_type", cell: "b", cell_type: "code" },
    { op: "move_cell", cell: "c", after: null },
    { op: "insert_cell", after: "c", cell: newCell("d", "raw") },
    { op: "set_source", cell: "d", source: "x" },
    { op: "delete_cell", cell: "b" },
  ];
  expect(applyAll(applyAll(notebook, edits), inverse(notebook, edits))).toEqual(notebook);
});

test("what is undone can be done again, with what was typed in between", () => {
  const history = new UndoHistory();
  const merge: Edit[] = [
    { op: "set_source", cell: "a", source: "1\n2" },
    { op: "delete_cell", cell: "b" },
  ];
  history.record(notebook, merge, "b");
  const typed = applyAll(notebook, [...merge, { op: "set_source", cell: "a", source: "1\n2\n# typed later" }]);
  const undo = history.undo(typed, "a");
  const undone = applyAll(typed, undo?.edits ?? []);
  expect([undone, undo?.active]).toEqual([notebook, "b"]);
  const redo = history.redo(undone, "b");
  expect(applyAll(undone, redo?.edits ?? [])).toEqual(typed);
  expect(history.undo(typed, "a")).not.toBeNull();
});

test("a new action ends what could be redone", () => {
  const history = new UndoHistory();
  history.record(notebook, [{ op: "delete_cell", cell: "a" }], null);
  history.undo(notebook, null);
  expect([history.canUndo, history.canRedo]).toEqual([false, true]);
  history.record(notebook, [{ op: "delete_cell", cell: "b" }], null);
  expect([history.canUndo, history.canRedo]).toEqual([true, false]);
});

test("where there is nothing to undo, nothing is undone", () => {
  const history = new UndoHistory();
  expect([history.undo(notebook, null), history.redo(notebook, null)]).toEqual([null, null]);
});

const other: Notebook = { ...notebook, cells: [newCell("a", "code", "theirs"), ...notebook.cells.slice(1)] };

test("a notebook that was replaced comes back", () => {
  const items = [{ edit: { op: "replace_notebook", notebook: other } as const }];
  const back = overwritten(notebook, other, items, new Map());
  expect(applyAll(other, back)).toEqual(notebook);
  const history = new UndoHistory();
  history.recordOthers(back, "a");
  expect(history.undo(other, null)?.edits).toEqual(back);
});

test("a text that was typed here and that somebody else overwrote comes back, once", () => {
  const typed = new Map([["a", "1"]]);
  const items = [{ edit: { op: "set_source", cell: "a", source: "theirs" } as const }, { ack: 1 }];
  expect(overwritten(notebook, other, items, typed)).toEqual([{ op: "set_source", cell: "a", source: "1" }]);
  expect(overwritten(notebook, other, items, typed)).toEqual([]);
});

test("what others do to what others typed is not the user's to undo", () => {
  const items = [{ edit: { op: "set_source", cell: "a", source: "theirs" } as const }];
  expect(overwritten(notebook, other, items, new Map())).toEqual([]);
  new UndoHistory().recordOthers([], null);
});
