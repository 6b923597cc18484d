import { expect, test } from "vitest";
import { difference } from "./difference";
import { applyAll } from "./edits";
import { type Cell, newCell, type Notebook } from "./model";

const printed: Cell = { ...newCell("a", "code", "1"), outputs: [{ output_type: "stream", name: "stdout", text: "1" }] };
const one: Notebook = {
  metadata: { k: 1 },
  cells: [printed, newCell("b", "markdown", "2"), newCell("c", "code", "3")],
};

test.each<[string, Notebook]>([
  ["a text", { ...one, cells: one.cells.map((cell) => ({ ...cell, source: `${cell.source}!` })) }],
  ["metadata of a cell", { ...one, cells: one.cells.map((cell) => ({ ...cell, metadata: { tags: ["x"] } })) }],
  ["metadata", { ...one, metadata: {} }],
  ["outputs", { ...one, cells: one.cells.map((cell) => (cell.id === "a" ? { ...cell, outputs: [] } : cell)) }],
  ["the type", { ...one, cells: one.cells.map((cell) => ({ ...newCell(cell.id, "raw", cell.source) })) }],
  ["a cell less", { ...one, cells: one.cells.slice(1) }],
  ["a cell more", { ...one, cells: [newCell("n", "raw", "new"), ...one.cells] }],
  ["the order", { ...one, cells: [...one.cells].reverse() }],
  ["everything", { metadata: {}, cells: [newCell("z", "code", "z")] }],
])("leads there and back: %s", (_, other) => {
  expect(applyAll(one, difference(one, other))).toEqual(other);
  expect(applyAll(other, difference(other, one))).toEqual(one);
});

test("what is the same is not touched", () => {
  const copy = JSON.parse(JSON.stringify(one)) as Notebook;
  expect(difference(one, copy)).toEqual([]);
  const [first, ...others] = copy.cells;
  expect(difference(one, { ...copy, cells: [{ ...(first as Cell), source: "x" }, ...others] })).toEqual([
    { op: "set_source", cell: "a", source: "x" },
  ]);
});
