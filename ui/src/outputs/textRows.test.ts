import { expect, test } from "vitest";
import { TextLines } from "./textLines";
import { TextRows } from "./textRows";

function rowsOf(text: string, columns: number): TextRows {
  const lines = new TextLines();
  lines.update(text);
  const rows = new TextRows(lines);
  rows.update(columns);
  return rows;
}

function seen(rows: TextRows, first = 0, end = rows.count): string[] {
  return rows.slice(first, end).map((spans) => spans.map((span) => span.text).join(""));
}

test.each([
  ["abc", 10, ["abc"]],
  ["abcdefgh", 4, ["abcd", "efgh"]],
  ["abcdefghi\nx", 4, ["abcd", "efgh", "i", "x"]],
  ["\n\n", 4, ["", ""]],
  ["日本語日本", 4, ["日本", "語日", "本"]],
  ["a日本", 4, ["a日", "本"]],
  ["e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]],
  ["😀😀😀", 4, ["😀😀", "😀"]],
  ["a\tb", 8, ["a\t", "b"]],
  ["\u001b[31mabcd\u001b[0mef", 4, ["abcd", "ef"]],
  ["\u001b[31mab\u001b[32mcd\u001b[0mef", 3, ["abc", "def"]],
])("%j in %d columns", (text, columns, expected) => {
  const rows = rowsOf(text, columns);
  expect(rows.count).toBe(expected.length);
  expect(seen(rows)).toEqual(expected);
});

test("any stretch of rows can be had, also from the middle of a line", () => {
  const rows = rowsOf("abcdefghij\nkl\nmnopqr", 4);
  expect(seen(rows, 1, 5)).toEqual(["efgh", "ij", "kl", "mnop"]);
  expect(seen(rows, 5, 99)).toEqual(["qr"]);
});

test("a text that grows, and a box that gets wider, have the rows of a new one", () => {
  const lines = new TextLines();
  const rows = new TextRows(lines);
  lines.update("abcdef\ngh");
  rows.update(4);
  lines.update("abcdef\nghijklmn\no");
  rows.update(4);
  expect(seen(rows)).toEqual(["abcd", "ef", "ghij", "klmn", "o"]);
  lines.update("abcdef\nghijklmn\no");
  rows.update(6);
  expect(seen(rows)).toEqual(["abcdef", "ghijkl", "mn", "o"]);
});

test("a line of a million characters that grows is folded anew", () => {
  const lines = new TextLines();
  const rows = new TextRows(lines);
  lines.update("x".repeat(1_000_000));
  rows.update(100);
  expect(seen(rows, 9_999)).toEqual(["x".repeat(100)]);
  lines.update(`${"x".repeat(1_000_000)}y`);
  rows.update(100);
  expect(seen(rows, 10_000)).toEqual(["y"]);
});

test("a letter with a hundred thousand accents takes rows, not one row without end", () => {
  const lines = new TextLines();
  lines.update(`a${"\u0301".repeat(100_000)}`);
  const rows = new TextRows(lines);
  rows.update(100);
  expect(rows.count).toBeGreaterThan(50);
  expect(Math.max(...rows.slice(0, rows.count).map((row) => row.map(({ text }) => text).join("").length))).toBeLessThan(
    1_000,
  );
});

test("the row of a character is the one that shows it", () => {
  const lines = new TextLines();
  lines.update("short\n0123456789abcdefghij\nend");
  const rows = new TextRows(lines);
  rows.update(8);
  expect([rows.rowAt(0, 2), rows.rowAt(1, 0), rows.rowAt(1, 7), rows.rowAt(1, 8), rows.rowAt(2, 0)]).toEqual([
    0, 1, 1, 2, 4,
  ]);
});
