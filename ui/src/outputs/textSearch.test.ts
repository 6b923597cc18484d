import { expect, test } from "vitest";
import { placesOf, searchLines } from "./textSearch";
import { TextLines } from "./textLines";

test("what is found stands where it is seen, colours or not", () => {
  const lines = new TextLines();
  lines.update("one Two\n\u001b[31mtw\u001b[0mo two\nthree");
  expect(searchLines(lines, "two")).toEqual([
    { line: 0, at: 4 },
    { line: 1, at: 0 },
    { line: 1, at: 4 },
  ]);
});

test.each([
  ["aaaa", "aa", [0, 2]],
  ["a.b", ".", [1]],
  ["İstanbul X", "x", []], // a letter that has two small ones: as it is written
  ["anything", "", []],
])("%j in %j: %j", (text, query, places) => expect(placesOf(text, query)).toEqual(places));

test("a text that is full of it does not end the page", () => {
  const lines = new TextLines();
  lines.update("x".repeat(1_000_000));
  expect(searchLines(lines, "x")).toHaveLength(10_000);
});
