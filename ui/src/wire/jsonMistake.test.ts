import { expect, test } from "vitest";
import { jsonMistake } from "./jsonMistake";

test.each(["{}", " [1, -2.5e3, true, null]\n", '{"a": {"b": ["\\u00e9", ""]}}', "0", '"x"'])("%j is JSON", (text) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(jsonMistake(text)).toBeNull();
});

test.each<[string, number]>([
  ["", 0],
  ["{", 1],
  ['{"a": }', 6],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['{\n  "a": 1\n  "b": 2\n}', 13],
  ["[1, 2", 5],
  ["[01]", 1],
  ["{'a': 1}", 1],
  ['"a\nb"', 0],
  ["1 2", 2],
  ["nulls", 0],
])("%j is none from %d on", (text, at) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonMistake(text)).toBe(at);
});
