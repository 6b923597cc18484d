import { describe, expect, test } from "vitest";
import { TextLines } from "./textLines";

function seen(lines: TextLines): string[] {
  return Array.from({ length: lines.count }, (_, line) =>
    lines
      .spans(line)
      .map(({ text, style }) => (style.fg === null ? text : `<${JSON.stringify(style.fg)}>${text}`))
      .join(""),
  );
}

test.each([
  ["", []],
  ["a", ["a"]],
  ["a\n", ["a"]],
  ["a\n\n", ["a", ""]],
  ["\na", ["", "a"]],
  ["10 %\r20 %", ["20 %"]],
  ["Xbc\rX", ["Xbc"]],
  ["outer\ninner\u001b[1A\rou", ["outer", "inner"]],
  ["1\r2\nraw\r\u001b[AY", ["Y", "raw"]],
  ["\u001b[31ma\nb\u001b[0m\nc", ["<1>a", "<1>b", "c"]],
])("the lines of %j", (text, expected) => {
  const lines = new TextLines();
  lines.update(text);
  expect(seen(lines)).toEqual(expected);
});

describe("a text that changes has the lines of a new one", () => {
  test.each([
    ["grows", "a\nb", "a\nbc\nd"],
    ["grows after a line feed", "a\n", "a\nb"],
    ["is overwritten above", "a\nb\u001b[1A\r", "X\nb\u001b[1A\rX"],
    ["begins anew", "a\rb\nc", "d\re"],
    ["shrinks", "a\nb\nc", "a"],
    ["writes its last line anew", "a\n10 %", "a\n20 %"],
    ["is another one", "a\nb\nc", "x\ny"],
    ["loses its middle", "start\n1\n2\n3\nend", "start\n[…]\nend"],
    ["turns a line feed into text", "a\nb", "aXb"],
    ["gets the end of an unfinished colour", "a\u001b[3", "a\u001b[31mb\nc"],
    ["carries a colour on", "\u001b[31ma\n", "\u001b[31ma\nb\nc"],
    ["becomes empty", "a\n", ""],
  ])("when it %s", (_how, before, after) => {
    const grown = new TextLines();
    grown.update(before);
    grown.update(after);
    const fresh = new TextLines();
    fresh.update(after);
    expect(seen(grown)).toEqual(seen(fresh));
  });
});

test("only what is new is looked at", () => {
  const lines = new TextLines();
  lines.update("a\nb\nc");
  expect(lines.takeDirty()).toBe(0);
  lines.update("a\nb\ncd\ne");
  expect(lines.takeDirty()).toBe(2);
  lines.update("a\nb\ncd\ne");
  expect(lines.takeDirty()).toBe(4);
});

test("what changed in several steps is told from the first of them", () => {
  const lines = new TextLines();
  lines.update("a\nb\nc");
  lines.takeDirty();
  lines.update("a\nX");
  lines.update("a\nX\nY\nZ");
  expect(lines.takeDirty()).toBe(1);
});
