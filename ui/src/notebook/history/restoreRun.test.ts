import { expect, test } from "vitest";
import { applyAll } from "../edits";
import { newCell } from "../model";
import { inverse } from "../undo";
import type { PastRun } from "./pastRunsStore";
import { restoreAll, restoreSource, showsOutputs } from "./restoreRun";

const OUTPUT = { output_type: "stream", name: "stdout", text: "then" } as const;
const NOW = { ...newCell("a", "code"), source: "now", execution_count: 7, outputs: [{ ...OUTPUT, text: "now" }] };
const THEN = { source: "then", outputs: [OUTPUT] };
const RUN: PastRun = {
  id: "r",
  at: new Date(0),
  seconds: 1,
  status: "ok",
  count: 3,
  memory: null,
  size: 1,
  whole: true,
};

test("the source alone comes back, and the outputs stay", () => {
  const notebook = { metadata: {}, cells: [NOW] };
  expect(applyAll(notebook, restoreSource(NOW, THEN)).cells).toEqual([{ ...NOW, source: "then" }]);
  expect(restoreSource(NOW, { ...THEN, source: "now" })).toEqual([]);
});

test("source and outputs come back together, and undo brings all of the present back", () => {
  const notebook = { metadata: {}, cells: [NOW] };
  const edits = restoreAll(NOW, RUN, THEN);
  const after = applyAll(notebook, edits);

  expect(after.cells).toEqual([{ ...NOW, source: "then", execution_count: 3, outputs: [OUTPUT] }]);
  expect(applyAll(after, inverse(notebook, edits)).cells).toEqual([NOW]);
});

test("a cell that holds no code any more gets its source only", () => {
  const text = { ...newCell("a", "markdown"), source: "now" };
  expect(restoreAll(text, RUN, THEN)).toEqual([{ op: "set_source", cell: "a", source: "then" }]);
});

test("outputs are the same when all of each is", () => {
  expect(showsOutputs({ ...NOW, outputs: [{ ...OUTPUT }] }, THEN)).toBe(true);
  expect(showsOutputs(NOW, THEN)).toBe(false);
  expect(showsOutputs(newCell("a", "code"), { source: "", outputs: [] })).toBe(true);
});
