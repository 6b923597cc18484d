import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import { Selection } from "./selection";

const order = signal<readonly string[]>([]);
let selection: Selection;

function reorder(after: readonly string[]): void {
  const before = order.value;
  order.value = after;
  selection.keepWithin(before);
}

beforeEach(() => {
  order.value = [];
  selection = new Selection(order);
  reorder(["a", "b", "c", "d"]);
});

test("the first cell is active when cells come", () => {
  expect(selection.active.value).toBe("a");
  expect(selection.selected.value).toEqual(["a"]);
});

test("a selection goes from the anchor to the active cell, in the order of the notebook", () => {
  selection.select("c");
  selection.extendTo("a");
  expect(selection.selected.value).toEqual(["a", "b", "c"]);
  expect(selection.active.value).toBe("a");
  selection.extendTo("d");
  expect(selection.selected.value).toEqual(["c", "d"]);
  selection.collapse();
  expect(selection.selected.value).toEqual(["d"]);
});

test("all are all", () => {
  selection.selectAll();
  expect(selection.selected.value).toEqual(["a", "b", "c", "d"]);
  expect(selection.isSelected("b")).toBe(true);
});

test("editing has one cell, whatever was selected before", () => {
  selection.selectAll();
  selection.edit("b", "end");
  expect([selection.mode.value, selection.caret.value, selection.selected.value]).toEqual(["edit", "end", ["b"]]);
  selection.select("c");
  expect(selection.mode.value).toBe("command");
});

test("a cell that goes gives its place to the next one", () => {
  selection.edit("b");
  reorder(["a", "c", "d"]);
  expect([selection.active.value, selection.mode.value]).toEqual(["c", "command"]);
});

test("the last cell that goes gives its place to the one before", () => {
  selection.select("d");
  reorder(["a", "b"]);
  expect(selection.active.value).toBe("b");
});

test("a notebook that becomes empty has no active cell, and gets one again", () => {
  reorder([]);
  expect([selection.active.value, selection.selected.value, selection.index]).toEqual([null, [], -1]);
  reorder(["x"]);
  expect(selection.active.value).toBe("x");
});

test("an anchor that goes leaves the active cell alone selected", () => {
  selection.select("a");
  selection.extendTo("c");
  reorder(["b", "c", "d"]);
  expect(selection.selected.value).toEqual(["c"]);
});

test("other cells that come and go change nothing", () => {
  selection.edit("b");
  reorder(["new", "b", "d"]);
  expect([selection.active.value, selection.mode.value, selection.index]).toEqual(["b", "edit", 1]);
});
