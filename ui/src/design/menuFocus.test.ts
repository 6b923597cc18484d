import { describe, expect, test } from "vitest";
import { nextEnabled } from "./menuFocus";

const ITEMS = [
  { label: "Save" },
  "separator",
  { label: "Close", disabled: true },
  { label: "Cut" },
  { label: "Copy" },
] as const;

describe("the next item", () => {
  test("passes separators over", () => expect(nextEnabled(ITEMS, 0, 1)).toBe(2));
  test("goes round at both ends", () => {
    expect(nextEnabled(ITEMS, 4, 1)).toBe(0);
    expect(nextEnabled(ITEMS, 0, -1)).toBe(4);
  });
  test("begins at either end", () => {
    expect(nextEnabled(ITEMS, -1, 1)).toBe(0);
    expect(nextEnabled(ITEMS, ITEMS.length, -1)).toBe(4);
  });
  test("by letter is the next one that begins with it and can be chosen", () => {
    expect(nextEnabled(ITEMS, 0, 1, "c")).toBe(3);
    expect(nextEnabled(ITEMS, 3, 1, "C")).toBe(4);
    expect(nextEnabled(ITEMS, 0, 1, "x")).toBe(-1);
  });
  test("of an empty menu is none", () => expect(nextEnabled([], -1, 1)).toBe(-1));
});
