import { expect, test } from "vitest";
import { changeBetween } from "./textChange";

function applied(before: string, after: string): string {
  const change = changeBetween(before, after);
  return change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
}

test.each([
  ["", "a"],
  ["abc", ""],
  ["aaaa", "aa"],
  ["aa", "aaaa"],
  ["abc", "axc"],
  ["x😀y", "x😃y"],
  ["😀", "😀😀"],
  ["one two three", "one 2 three"],
])("the change from %j to %j makes the one of the other", (before, after) =>
  expect(applied(before, after)).toBe(after),
);

test("what is equal on both sides is not touched", () => {
  expect(changeBetween("one two three", "one 2 three")).toEqual({ from: 4, to: 7, insert: "2" });
});

test("no change is none", () => expect(changeBetween("a", "a")).toBeNull());

test("a pair of surrogates is not cut in two", () => {
  expect(changeBetween("x😀y", "x😃y")).toEqual({ from: 1, to: 3, insert: "😃" });
});
