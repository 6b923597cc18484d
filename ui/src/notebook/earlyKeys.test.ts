import { expect, test } from "vitest";
import { EarlyKeys } from "./earlyKeys";

const press = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...more });

test("text and keys that move in it are kept in order, once", () => {
  const early = new EarlyKeys();
  for (const key of ["a", "b", "Home", "Enter", "c", "Backspace"]) expect(early.hear("one", press(key))).toBe(true);
  expect(early.take("one")).toEqual([
    "ab",
    { key: "Home", shiftKey: false },
    "\nc",
    { key: "Backspace", shiftKey: false },
  ]);
  expect(early.take("one")).toEqual([]);
});

test("what selects, selects", () => {
  const early = new EarlyKeys();
  early.hear("one", press("End", { shiftKey: true }));
  expect(early.take("one")).toEqual([{ key: "End", shiftKey: true }]);
});

test.each([
  ["Escape", {}],
  ["F1", {}],
  ["Tab", {}],
  ["Enter", { ctrlKey: true }],
  ["s", { metaKey: true }],
])("%s %j is not for the text", (key, more) => {
  const early = new EarlyKeys();
  expect(early.hear("one", press(key, more))).toBe(false);
  expect(early.take("one")).toEqual([]);
});

test("what was typed for a cell goes into no other", () => {
  const early = new EarlyKeys();
  early.hear("one", press("a"));
  early.hear("two", press("b"));
  expect(early.take("two")).toEqual(["b"]);
  early.hear("one", press("a"));
  expect(early.take("two")).toEqual([]);
  expect(early.take("one")).toEqual([]);
});
