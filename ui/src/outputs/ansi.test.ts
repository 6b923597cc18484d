import { describe, expect, test } from "vitest";
import { type AnsiStyle, parseAnsi, PLAIN, stripAnsi } from "./ansi";

/** Text and what differs from plain, per piece. */
function pieces(text: string): [string, Partial<AnsiStyle>][] {
  return parseAnsi(text, PLAIN).spans.map(({ text: seen, style }) => [
    seen,
    Object.fromEntries(Object.entries(style).filter(([key, value]) => value !== PLAIN[key as keyof AnsiStyle])),
  ]);
}

describe("styles", () => {
  test.each<[string, [string, Partial<AnsiStyle>][]]>([
    ["plain", [["plain", {}]]],
    [
      "\u001b[31mred\u001b[0m.",
      [
        ["red", { fg: 1 }],
        [".", {}],
      ],
    ],
    [
      "\u001b[1;4;3mx\u001b[22my\u001b[24;23mz",
      [
        ["x", { bold: true, underline: true, italic: true }],
        ["y", { underline: true, italic: true }],
        ["z", {}],
      ],
    ],
    [
      "\u001b[94;101mx\u001b[39my\u001b[49mz",
      [
        ["x", { fg: 12, bg: 9 }],
        ["y", { bg: 9 }],
        ["z", {}],
      ],
    ],
    ["\u001b[38;5;9mx", [["x", { fg: 9 }]]],
    ["\u001b[38;5;196mx", [["x", { fg: [255, 0, 0] }]]],
    ["\u001b[38;5;244mx", [["x", { fg: [128, 128, 128] }]]],
    ["\u001b[48;2;1;2;3mx", [["x", { bg: [1, 2, 3] }]]],
    ["\u001b[38:2::1:2:3mx", [["x", { fg: [1, 2, 3] }]]],
    ["\u001b[38:5:196mx", [["x", { fg: [255, 0, 0] }]]],
    [
      "\u001b[38;5;28;01mtry\u001b[39;00m:",
      [
        ["try", { fg: [0, 135, 0], bold: true }],
        [":", {}],
      ],
    ],
    [
      "\u001b[7mx\u001b[27my",
      [
        ["x", { inverse: true }],
        ["y", {}],
      ],
    ],
    [
      "\u001b[4:3mx\u001b[4:0my",
      [
        ["x", { underline: true }],
        ["y", {}],
      ],
    ],
    ["\u001b[mx", [["x", {}]]],
    ["\u001b[58;5;3;1mx", [["x", { bold: true }]]],
    ["\u001b[>4;2mx", [["x", {}]]],
    ["\u001b[99mx", [["x", {}]]],
    ["\u009b31mx", [["x", { fg: 1 }]]],
  ])("%j", (text, expected) => expect(pieces(text)).toEqual(expected));

  test("a style that is still on goes on in the next piece", () => {
    const { style } = parseAnsi("\u001b[32m", PLAIN);
    expect(parseAnsi("x", style).spans).toEqual([{ text: "x", style: { ...PLAIN, fg: 2 } }]);
  });
});

describe("what is no style is left out", () => {
  test.each([
    ["\u001b]8;;https://a.example\u0007link\u001b]8;;\u0007", "link"],
    ["\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u001b]0;title\u0007x", "x"],
    ["a\u001b[2Kb\u001b[1;1Hc\u001b[?25ld", "abcd"],
    ["\u001b(Bx\u001b=y\u001bMz", "xyz"],
    ["\u001bPq#0\u001b\\x", "x"],
    ["bell\u0007 nul\u0000 back\b cr\r", "bell nul back cr"],
    ["unfinished \u001b[38;5", "unfinished "],
    ["unfinished \u001b]0;ti", "unfinished "],
    ["lone \u001b", "lone "],
    ["tab\tand\nline", "tab\tand\nline"],
    ["ü 日本 😀", "ü 日本 😀"],
  ])("%j", (text, seen) => expect(stripAnsi(text)).toBe(seen));
});
