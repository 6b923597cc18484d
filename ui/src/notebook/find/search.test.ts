import { expect, test } from "vitest";
import { type Cell, newCell } from "../model";
import { marksOf, Searcher } from "./search";

const stream = (text: string) => ({ output_type: "stream", name: "stdout", text }) as const;
const html = (text: string) => ({ output_type: "display_data", data: { "text/html": text }, metadata: {} }) as const;
const cells: readonly Cell[] = [
  {
    ...newCell("a", "code", "find me"),
    outputs: [stream("\u001b[31mfi\u001b[0mnd"), html("<b>find</b> &lt;find&gt;")],
  },
  newCell("b", "markdown", "# Find"),
  newCell("c", "raw", "nothing"),
];
const notebook = { metadata: {}, cells };
const places = (searcher: Searcher, within: readonly string[] | null = null) =>
  searcher
    .matches(notebook, within === null ? null : new Set(within))
    .map(({ cell, output, from }) => [cell, output, from]);

test("sources and what outputs show are searched, colours and tags left out", () => {
  expect(places(new Searcher(/find/gi, true))).toEqual([
    ["a", null, 0],
    ["a", 0, 0],
    ["a", 1, expect.any(Number)],
    ["a", 1, expect.any(Number)],
    ["b", null, 2],
  ]);
});

test("outputs can be left out, and so can cells", () => {
  expect(places(new Searcher(/find/gi, false))).toEqual([
    ["a", null, 0],
    ["b", null, 2],
  ]);
  expect(places(new Searcher(/find/gi, false), ["b", "c"])).toEqual([["b", null, 2]]);
});

test("a cell that has not changed is not searched again", () => {
  let asked = 0;
  const counted = {
    ...cells[0]!,
    get source() {
      asked += 1;
      return "find";
    },
  };
  const searcher = new Searcher(/find/g, false);
  const before = { metadata: {}, cells: [counted, cells[1]!] };
  searcher.matches(before, null);
  searcher.matches({ metadata: {}, cells: [counted, newCell("b", "code", "find")] }, null);
  expect(asked).toBe(1);
});

test("marks are those of the sources, and say which one is meant", () => {
  const matches = new Searcher(/find/gi, true).matches(notebook, null);
  const marks = marksOf(matches, matches.at(-1)!);
  expect([...marks.keys()]).toEqual(["a", "b"]);
  expect(marks.get("b")).toEqual([{ from: 2, to: 6, current: true }]);
});
