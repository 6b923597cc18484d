import { afterEach, expect, test, vi } from "vitest";
import { CellClipboard, cellsInText, cellsToText } from "./clipboard";
import { type Cell, newCell } from "./model";

const cells: readonly Cell[] = [
  {
    ...newCell("a", "code", "1\n2"),
    execution_count: 1,
    outputs: [{ output_type: "stream", name: "stdout", text: "x" }],
  },
  newCell("b", "markdown", "# T"),
];

function system(text: string | Error): { written: string[] } {
  const written: string[] = [];
  vi.stubGlobal("navigator", {
    clipboard: {
      writeText: (value: string) =>
        typeof text === "string" ? Promise.resolve(written.push(value)) : Promise.reject(text),
      readText: () => (typeof text === "string" ? Promise.resolve(text) : Promise.reject(text)),
    },
  });
  return { written };
}

afterEach(() => vi.unstubAllGlobals());

test("cells survive the way through text", () => {
  expect(cellsInText(cellsToText(cells))).toEqual(cells);
});

test("the text is a notebook that Jupyter reads", () => {
  expect(JSON.parse(cellsToText(cells))).toMatchObject({ nbformat: 4, nbformat_minor: 5, metadata: {} });
});

test("cells of a file, with lists of lines and without ids, are understood", () => {
  const text = JSON.stringify({
    nbformat: 4,
    cells: [
      {
        cell_type: "code",
        source: ["a\n", "b"],
        outputs: [
          { output_type: "stream", name: "stdout", text: ["1\n", "2"] },
          { output_type: "display_data", data: { "text/plain": ["x", "y"], "application/json": [1] }, metadata: {} },
        ],
      },
    ],
  });
  expect(cellsInText(text)).toMatchObject([
    {
      source: "a\nb",
      outputs: [{ text: "1\n2" }, { data: { "text/plain": "xy", "application/json": [1] } }],
    },
  ]);
});

test.each(["", "print(1)", "[1, 2]", '{"cells": 3}', '{"cells": [{"cell_type": "dance"}]}', "[", "[]"])(
  "is no cells: %s",
  (text) => {
    expect(cellsInText(text)).toEqual([]);
  },
);

test("what was copied here is pasted here, and the system has it too", async () => {
  const { written } = system("something else");
  const clipboard = new CellClipboard();
  clipboard.copy(cells);
  expect(await clipboard.paste()).toBe(cells);
  expect(cellsInText(written[0] ?? "")).toEqual(cells);
});

test("where nothing was copied here, the system is asked", async () => {
  system(cellsToText(cells));
  expect(await new CellClipboard().paste()).toEqual(cells);
});

test("a system that gives and takes nothing is no obstacle", async () => {
  system(new Error("not allowed"));
  const clipboard = new CellClipboard();
  expect(await clipboard.paste()).toEqual([]);
  clipboard.copy(cells);
  expect(await clipboard.paste()).toBe(cells);
});

test("a page without a clipboard is no obstacle", async () => {
  vi.stubGlobal("navigator", {});
  const clipboard = new CellClipboard();
  clipboard.copy([]);
  expect(await clipboard.paste()).toEqual([]);
});
