import { expect, test } from "vitest";
import { hitsIn, NO_QUERY, patternOf, type Query, replaced } from "./query";

function found(text: string, query: Partial<Query>): readonly string[] {
  const pattern = patternOf({ ...NO_QUERY, ...query });
  if (pattern.at !== "ready") return [pattern.at];
  return hitsIn(text, pattern.regex, 100).map(({ from, to }) => text.slice(from, to));
}

function swapped(text: string, by: string, query: Partial<Query>): string {
  const pattern = patternOf({ ...NO_QUERY, ...query });
  if (pattern.at !== "ready") return pattern.at;
  return replaced(text, hitsIn(text, pattern.regex, 100, true), pattern.isRegex, by);
}

test.each<[string, Partial<Query>, readonly string[]]>([
  ["a.b aXb", { text: "a.b" }, ["a.b"]],
  ["a.b aXb", { text: "a.b", isRegex: true }, ["a.b", "aXb"]],
  ["Data data", { text: "data" }, ["Data", "data"]],
  ["Data data", { text: "data", matchCase: true }, ["data"]],
  ["x xs _x ex x", { text: "x", wholeWord: true }, ["x", "x"]],
  ["né nés", { text: "né", wholeWord: true }, ["né"]],
  ["a\nb", { text: "^b$", isRegex: true }, ["b"]],
  ["aab", { text: "a*", isRegex: true }, ["aa"]],
  ["a-b", { text: "a\\-b", isRegex: true }, ["a-b"]],
  ["😀x😀", { text: "😀" }, ["😀", "😀"]],
  ["abc", { text: "" }, ["none"]],
  ["abc", { text: "(", isRegex: true }, ["wrong"]],
])("in %j, %j finds %j", (text, query, expected) => expect(found(text, query)).toEqual(expected));

test.each<[string, string, Partial<Query>, string]>([
  ["one two one", "1", { text: "one" }, "1 two 1"],
  ["cost", "$&", { text: "cost" }, "$&"],
  ["a1 b2", "$2$1", { text: "(\\w)(\\d)", isRegex: true }, "1a 2b"],
  ["a1", "<$&> $$ $9 $<n>", { text: "a(?<n>\\d)", isRegex: true }, "<a1> $ $9 1"],
  ["a, b", "\\n", { text: ", ", isRegex: true }, "a\nb"],
  ["a, b", "\\n", { text: ", " }, "a\\nb"],
])("in %j, replaced by %j: %j gives %j", (text, by, query, expected) =>
  expect(swapped(text, by, query)).toBe(expected),
);

test("only the hits that are given are replaced", () => {
  expect(replaced("x x x", [{ from: 2, to: 3 }], false, "y")).toBe("x y x");
});
