import { expect, test } from "vitest";
import { applyAll } from "../edits";
import { newCell } from "../model";
import { copyTo, moveTo } from "./moveTo";

const order = ["a", "b", "c", "d"];
const notebook = { metadata: {}, cells: order.map((id) => newCell(id, "code", id)) };
const after = (ids: readonly string[], target: string | null): string =>
  applyAll(notebook, moveTo(order, ids, target).edits)
    .cells.map((cell) => cell.id)
    .join("");

test.each<[readonly string[], string | null, string]>([
  [["a"], "c", "bcad"],
  [["d"], null, "dabc"],
  [["b", "c"], "d", "adbc"],
  [["b", "c"], null, "bcad"],
  [["a", "d"], "b", "badc"],
])("%j behind %j gives %s", (ids, target, expected) => expect(after(ids, target)).toBe(expected));

test("what is dropped where it is stays, also behind one of its own", () => {
  expect([moveTo(order, ["b"], "a").edits, moveTo(order, ["b", "c"], "b").edits, moveTo(order, [], "a").edits]).toEqual(
    [[], [], []],
  );
});

test("copies have ids of their own and are selected", () => {
  let next = 0;
  const change = copyTo(notebook.cells.slice(0, 2), "d", () => `n${next++}`);
  expect(applyAll(notebook, change.edits).cells.map((cell) => cell.id)).toEqual([...order, "n0", "n1"]);
  expect(change.select).toEqual(["n0", "n1"]);
});
