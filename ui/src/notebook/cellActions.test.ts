import { expect, test } from "vitest";
import type { Output } from "../wire/outputs";
import {
  type Change,
  clearOutputs,
  deleteCells,
  duplicateCells,
  insertCell,
  insertCells,
  isHidden,
  makeHeading,
  mergeCells,
  moveDown,
  moveUp,
  setCellType,
  splitCell,
  toggleHidden,
  toggleScrolled,
} from "./cellActions";
import { applyAll } from "./edits";
import { type Cell, newCell, type Notebook } from "./model";

const OUTPUT: Output = { output_type: "stream", name: "stdout", text: "hi\n" };
const ran = (id: string, source: string): Cell => ({
  ...newCell(id, "code", source),
  execution_count: 3,
  outputs: [OUTPUT],
});
const notebook: Notebook = {
  metadata: {},
  cells: [ran("a", "one\ntwo"), newCell("b", "markdown", "# B"), newCell("c", "raw", "c"), newCell("d", "code", "d")],
};

let made = 0;
const newId = (): string => `new${++made}`;
const after = (change: Change): readonly string[] =>
  applyAll(notebook, change.edits).cells.map((cell) => `${cell.id}:${cell.source}`);
const ids = (change: Change): string =>
  applyAll(notebook, change.edits)
    .cells.map((cell) => cell.id)
    .join("");
const cellIn = (change: Change, id: string): Cell | undefined =>
  applyAll(notebook, change.edits).cells.find((cell) => cell.id === id);

test("a cell goes in behind another one, or to the beginning, and is selected", () => {
  expect(ids(insertCell("b", newCell("x", "code")))).toBe("abxcd");
  expect(ids(insertCell(null, newCell("x", "code")))).toBe("xabcd");
  expect(insertCell("b", newCell("x", "code"), "start")).toMatchObject({ select: ["x", "x"], caret: "start" });
});

test("several cells keep their order and are all selected", () => {
  const change = insertCells("a", [newCell("x", "code"), newCell("y", "code")]);
  expect([ids(change), change.select]).toEqual(["axybcd", ["x", "y"]]);
  expect(insertCells("a", []).edits).toEqual([]);
});

test("deleting selects the next cell, at the end the one before", () => {
  expect(deleteCells(notebook, ["a", "b"], newId).select).toEqual(["c", "c"]);
  expect(deleteCells(notebook, ["c", "d"], newId).select).toEqual(["b", "b"]);
});

test("deleting every cell leaves an empty code cell", () => {
  const change = deleteCells(notebook, ["a", "b", "c", "d"], () => "fresh");
  expect(after(change)).toEqual(["fresh:"]);
  expect(change.select).toEqual(["fresh", "fresh"]);
});

test("duplicates stand behind what they are copies of, with ids of their own and the outputs", () => {
  const change = duplicateCells(notebook, ["a", "b"], newId);
  const { cells } = applyAll(notebook, change.edits);
  expect(cells.map((cell) => cell.source)).toEqual(["one\ntwo", "# B", "one\ntwo", "# B", "c", "d"]);
  expect(new Set(cells.map((cell) => cell.id)).size).toBe(6);
  expect(cells[2]?.outputs).toEqual([OUTPUT]);
});

test("cells move one place, and it is their neighbour that moves", () => {
  expect([ids(moveUp(["b", "c"], ["a"])), moveUp(["b", "c"], ["a"]).edits]).toEqual([
    "bcad",
    [{ op: "move_cell", cell: "a", after: "c" }],
  ]);
  expect(ids(moveDown(notebook, ["a", "b"], ["c"]))).toBe("cabd");
  expect(ids(moveDown(notebook, ["a"], ["b", "c"]))).toBe("bcad");
  expect(moveUp(["a"], []).edits).toEqual([]);
  expect(moveDown(notebook, ["d"], []).edits).toEqual([]);
});

test("a split puts what is before the caret above, and the cell keeps the rest with its outputs", () => {
  const change = splitCell(notebook, "a", 3, () => "head");
  expect(after(change).slice(0, 2)).toEqual(["head:one", "a:two"]);
  expect(cellIn(change, "a")?.outputs).toEqual([OUTPUT]);
  expect(change).toMatchObject({ select: ["a", "a"], caret: "start" });
});

test("a split in the middle of a line keeps every character", () => {
  expect(after(splitCell(notebook, "a", 1, () => "head")).slice(0, 2)).toEqual(["head:o", "a:ne\ntwo"]);
});

test("merged cells are one of the first one's type; its outputs belong to nothing any more", () => {
  const change = mergeCells(notebook, ["a", "b"]);
  expect(after(change)).toEqual(["a:one\ntwo\n# B", "c:c", "d:d"]);
  expect(cellIn(change, "a")).toMatchObject({ cell_type: "code", outputs: [], execution_count: null });
  expect(mergeCells(notebook, ["a"]).edits).toEqual([]);
});

test("merged texts keep a blank line between them, and all attachments", () => {
  const text: Notebook = {
    metadata: {},
    cells: [
      newCell("x", "markdown", "1"),
      { ...newCell("y", "markdown", "2"), attachments: { "p.png": { "image/png": "AA" } } },
    ],
  };
  const merged = applyAll(text, mergeCells(text, ["x", "y"]).edits);
  expect(merged.cells).toMatchObject([{ source: "1\n\n2", attachments: { "p.png": { "image/png": "AA" } } }]);
});

test("the type is changed where it is another one", () => {
  expect(setCellType(notebook, ["a", "b"], "markdown").edits).toEqual([
    { op: "set_cell_type", cell: "a", cell_type: "markdown" },
  ]);
});

test("a heading has exactly the marks of its level", () => {
  const of = (source: string, level: number): string | undefined => {
    const one: Notebook = { metadata: {}, cells: [newCell("x", "markdown", source)] };
    return applyAll(one, makeHeading(one, ["x"], level).edits).cells[0]?.source;
  };
  expect([of("Title", 2), of("#### Title", 1), of("", 3), of("#hash", 1)]).toEqual([
    "## Title",
    "# Title",
    "### ",
    "# #hash",
  ]);
  expect(cellIn(makeHeading(notebook, ["d"], 1), "d")).toMatchObject({ cell_type: "markdown", source: "# d" });
});

test("clearing touches only cells that show something", () => {
  expect(clearOutputs(notebook, ["a", "b", "d"]).edits).toEqual([
    { op: "clear_outputs", cell: "a" },
    { op: "set_execution_count", cell: "a", execution_count: null },
  ]);
});

test("what is hidden is noted as JupyterLab does, and shown again without a trace", () => {
  const hide = applyAll(notebook, toggleHidden(notebook, ["a"], "outputs").edits);
  expect(hide.cells[0]?.metadata).toEqual({ jupyter: { outputs_hidden: true } });
  expect(isHidden(hide.cells[0]!, "outputs")).toBe(true);
  expect(applyAll(hide, toggleHidden(hide, ["a"], "outputs").edits)).toEqual(notebook);
});

test("the older notation of hidden outputs is understood, and other metadata stays", () => {
  const old: Cell = {
    ...newCell("x", "code"),
    metadata: { collapsed: true, tags: ["t"], jupyter: { source_hidden: true } },
  };
  const one: Notebook = { metadata: {}, cells: [old] };
  expect([isHidden(old, "outputs"), isHidden(old, "source")]).toEqual([true, true]);
  expect(applyAll(one, toggleHidden(one, ["x"], "outputs").edits).cells[0]?.metadata).toEqual({
    tags: ["t"],
    jupyter: { source_hidden: true },
  });
});

test("outputs are given a box that scrolls, and then none", () => {
  const scrolled = applyAll(notebook, toggleScrolled(notebook, ["a", "b"]).edits);
  expect(scrolled.cells.map((cell) => cell.metadata)).toEqual([{ scrolled: true }, {}, {}, {}]);
  const all = applyAll(scrolled, toggleScrolled(scrolled, ["a"]).edits);
  expect(all.cells[0]?.metadata).toEqual({ scrolled: false });
});
