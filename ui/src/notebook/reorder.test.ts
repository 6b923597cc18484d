import { expect, test } from "vitest";
import { staying } from "./reorder";

const one = (): number => 1;
const moved = (before: string, after: string, weight: (item: string) => number = one): string => {
  const stay = staying(Array.from(before), Array.from(after), weight);
  return Array.from(after)
    .filter((item) => !stay.has(item))
    .join("");
};

test("nothing moves when nothing has changed", () => {
  expect(moved("abcd", "abcd")).toBe("");
});

test("one item that goes elsewhere is the only one that moves", () => {
  expect(moved("abcdef", "acdebf")).toBe("b");
  expect(moved("abcdef", "aebcdf")).toBe("e");
});

test("new items are put in, and nothing else moves", () => {
  expect(moved("abc", "axbyc")).toBe("xy");
});

test("removed items move nothing", () => {
  expect(moved("abcdef", "bdf")).toBe("");
});

test("a heavy item stays, and the others move around it", () => {
  const heavy = (item: string): number => (item === "b" ? 1000 : 1);
  expect(moved("abcdef", "acdebf", heavy)).toBe("cde");
  expect(moved("ab", "ba", heavy)).toBe("a");
  expect(moved("ab", "ba", (item) => (item === "a" ? 1000 : 1))).toBe("b");
});

test("a reversed order keeps one item", () => {
  expect(moved("abcd", "dcba")).toHaveLength(3);
});
