import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Json } from "../wire/json";
import { apply, applyAll, type Edit, Workpiece } from "./edits";
import { type Cell, newCell, type Notebook } from "./model";
import { editOf, editToWire, notebookOf, notebookToWire } from "./wireForm";

interface Vector {
  readonly name: string;
  readonly notebook: Json;
  readonly edit: Json;
  readonly after: Json;
}

const FOLDER = new URL("../../../tests/vectors/edits/", import.meta.url);
const vectors = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Vector[]);

test.each(vectors)("$name", ({ notebook, edit, after }) => {
  expect(notebookToWire(apply(notebookOf(notebook), editOf(edit)))).toEqual(after);
});

test.each(vectors)("an edit goes to the wire as it came: $name", ({ edit }) => {
  expect(editToWire(editOf(edit))).toEqual(edit);
});

const A = newCell("a", "code", "1");
const B = newCell("b", "markdown", "# T");
const notebook: Notebook = { metadata: {}, cells: [A, B] };

test("an edit that changes nothing returns the same notebook", () => {
  const without: Edit[] = [
    { op: "set_source", cell: "gone", source: "x" },
    { op: "set_source", cell: "a", source: "1" },
    { op: "delete_cell", cell: "gone" },
    { op: "move_cell", cell: "a", after: "a" },
    { op: "insert_cell", after: null, cell: newCell("a", "raw") },
    { op: "clear_outputs", cell: "a" },
    { op: "append_output", cell: "b", output: { output_type: "stream", name: "stdout", text: "x" } },
  ];
  expect(applyAll(notebook, without)).toBe(notebook);
});

test("cells that no edit touches stay the same objects", () => {
  const after = applyAll(notebook, [
    { op: "set_source", cell: "a", source: "2" },
    { op: "insert_cell", after: "a", cell: newCell("c", "code") },
    { op: "move_cell", cell: "b", after: null },
  ]);
  expect(after.cells.map((cell) => cell.id)).toEqual(["b", "a", "c"]);
  expect(after.cells[0]).toBe(B);
  expect(notebook.cells).toEqual([A, B]);
});

test("a batch has the effect of its edits one by one", () => {
  const edits = vectors.map((vector) => editOf(vector.edit));
  const start = notebookOf(vectors[0]!.notebook);
  expect(applyAll(start, edits)).toEqual(edits.reduce((value, edit) => apply(value, edit), start));
});

test("unknown outputs and unknown keys survive the way there and back", () => {
  const cell = { id: "x", cell_type: "code", source: "", metadata: {}, execution_count: null, later: 1 };
  const wire = { metadata: {}, more: true, cells: [{ ...cell, outputs: [{ output_type: "hologram", data: 3 }] }] };
  const parsed = notebookOf(wire);
  expect((parsed.cells[0] as Cell).outputs?.[0]).toEqual({
    output_type: "unknown",
    raw: { output_type: "hologram", data: 3 },
  });
  expect(notebookToWire(parsed)).toEqual(wire);
});

test("behind a thousand outputs streams that take turns are one", () => {
  const lines = Array.from({ length: 3000 }, (_, number): Edit => {
    const name = number % 2 === 0 ? "stdout" : "stderr";
    return { op: "append_output", cell: "a", output: { output_type: "stream", name, text: `${number}\n` } };
  });
  const figure: Edit = {
    op: "append_output",
    cell: "a",
    output: { output_type: "display_data", data: {}, metadata: {} },
  };
  const start: Notebook = { ...notebook, cells: [newCell("a", "code")] };
  const outputs = applyAll(start, [...lines, figure, ...lines.slice(0, 3)]).cells[0]?.outputs ?? [];
  const text = Array.from({ length: 2001 }, (_, number) => `${number + 999}\n`).join("");
  expect(outputs.length).toBe(1002);
  expect(outputs[999]).toEqual({ output_type: "stream", name: "stderr", text });
  expect(outputs[1001]).toEqual({ output_type: "stream", name: "stdout", text: "0\n1\n2\n" });
});

test("outputs that come in one batch do not grow in what was handed out before", () => {
  const start: Notebook = { metadata: {}, cells: [{ ...newCell("a", "code", ""), outputs: [] }] };
  const append: Edit = {
    op: "append_output",
    cell: "a",
    output: { output_type: "error", ename: "", evalue: "", traceback: [] },
  };
  const work = new Workpiece(start);
  work.apply(append);
  work.apply(append);
  const between = work.cell("a");
  work.apply(append);

  const counts = [start.cells[0], between, work.finished().cells[0]].map((cell) => cell?.outputs?.length);
  expect(counts).toEqual([0, 2, 3]);
});
