import { expect, test } from "vitest";
import { sideBySide } from "./sideBySide";

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `line ${from + at}`).join("\n");
const told = (mine: string, theirs: string): readonly string[] =>
  sideBySide(mine, theirs).rows.map((row) =>
    row.kind === "folded" ? `${row.lines} folded` : `${row.kind}: ${row.mine ?? "—"} | ${row.theirs ?? "—"}`,
  );

test("what differs stands beside each other, what one has alone beside nothing", () => {
  expect(told("a\nmine\nb\nc", "a\ntheirs\nb\nc\nmore")).toEqual([
    "same: a | a",
    "other: mine | theirs",
    "same: b | b",
    "same: c | c",
    "other: — | more",
  ]);
});

test("what both have is folded away from three lines around the rest", () => {
  const [before, after] = [lines(0, 100), lines(100, 120)];
  expect(told(`${before}\nmine\n${after}`, `${before}\ntheirs\n${after}`)).toEqual([
    "97 folded",
    "same: line 97 | line 97",
    "same: line 98 | line 98",
    "same: line 99 | line 99",
    "other: mine | theirs",
    "same: line 100 | line 100",
    "same: line 101 | line 101",
    "same: line 102 | line 102",
    "17 folded",
  ]);
});

test("a file that holds something else altogether is all there, and equal texts are one fold", () => {
  expect(told("a\nb", "<<<<<<< HEAD")).toEqual(["other: a | <<<<<<< HEAD", "other: b | —"]);
  expect(told("a\nb", "a\nb")).toEqual(["2 folded"]);
  expect(told("a", "")).toEqual(["other: a | "]);
});

test("what is too long is cut, and says so", () => {
  const long = sideBySide(lines(0, 5_000), lines(5_000, 9_000));
  expect([long.rows.length, long.isCut]).toEqual([2_000, true]);
  expect(told("x".repeat(5_000), "y")).toEqual([`other: ${"x".repeat(1_000)}… | y`]);
});
