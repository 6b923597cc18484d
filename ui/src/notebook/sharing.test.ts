import { expect, test } from "vitest";
import type { Cell, Notebook } from "./model";
import { sharing } from "./sharing";

function notebook(...cells: readonly Cell[]): Notebook {
  return { metadata: {}, cells, nbformat: 4, nbformat_minor: 5 } as unknown as Notebook;
}

function code(id: string, source: string, ...texts: readonly string[]): Cell {
  const outputs = texts.map((text) => ({ output_type: "stream" as const, name: "stdout", text }));
  return { id, cell_type: "code", source, metadata: { tags: ["a"] }, outputs, execution_count: 1 };
}

function copied<T>(value: T): T {
  return structuredClone(value);
}

test("cells that hold the same are the same objects", () => {
  const before = notebook(code("a", "1", "x"), code("b", "2"));
  const after = sharing(before, copied(notebook(code("b", "2"), code("a", "other", "x"), code("c", "3"))));
  expect(after.cells.map((cell) => cell.source)).toEqual(["2", "other", "3"]);
  expect(after.cells[0]).toBe(before.cells[1]);
  expect(after.cells[1]).not.toBe(before.cells[0]);
});

test("outputs that hold the same stay in a cell whose text has changed, and beside outputs that have", () => {
  const before = notebook(code("a", "1", "x", "y"), code("b", "1", "x", "y"));
  const after = sharing(before, copied(notebook(code("a", "2", "x", "y"), code("b", "2", "x", "z", "new"))));
  expect(after.cells[0]?.outputs).toBe(before.cells[0]?.outputs);
  expect(after.cells[1]?.outputs?.[0]).toBe(before.cells[1]?.outputs?.[0]);
  expect(after.cells[1]?.outputs).toEqual(code("b", "", "x", "z", "new").outputs);
});

test("what differs by one value is another cell", () => {
  const before = code("a", "1");
  const others: readonly Partial<Cell>[] = [
    { metadata: { tags: ["b"] } },
    { metadata: { tags: {} } },
    { metadata: { tags: ["a"], more: null } },
    { metadata: { other: ["a"] } },
    { execution_count: null },
  ];
  for (const other of others) {
    const cell = { ...before, ...other };
    expect(sharing(notebook(before), notebook(cell)).cells[0]).toEqual(cell);
  }
});
