import { describe, expect, test } from "vitest";
import { type AnsiColour, PLAIN } from "./ansi";
import { contrast, cssOf, legible } from "./ansiColours";

test("plain text has no style", () => expect(cssOf(PLAIN)).toBe(""));

test("the sixteen are tokens", () => {
  expect(cssOf({ ...PLAIN, fg: 1, bg: 3 })).toBe("color:var(--ansi-red);background:var(--ansi-bg-yellow)");
  expect(cssOf({ ...PLAIN, fg: 12 })).toBe("color:var(--ansi-bright-blue)");
});

test("bold, italic and lines", () => {
  expect(cssOf({ ...PLAIN, bold: true, italic: true, underline: true, strike: true })).toBe(
    "font-weight:var(--weight-strong);font-style:italic;text-decoration:underline line-through",
  );
});

test("inverse puts the page's colour on the text's", () => {
  expect(cssOf({ ...PLAIN, inverse: true })).toBe("color:var(--bg);background:var(--fg)");
  expect(cssOf({ ...PLAIN, inverse: true, fg: 2 })).toBe("color:var(--bg);background:var(--ansi-green)");
});

const COLOURS: AnsiColour[] = [
  [0, 0, 255],
  [255, 255, 0],
  [10, 10, 10],
  [250, 250, 250],
  [128, 128, 128],
  [0, 135, 0],
];

describe.each(COLOURS)("the colour %j", (...rgb) => {
  const colour = rgb as unknown as readonly [number, number, number];

  test("can be read on the page of either theme", () => {
    expect(contrast(legible(colour, [255, 255, 255]), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(legible(colour, [28, 31, 38]), [28, 31, 38])).toBeGreaterThanOrEqual(4.5);
  });

  test("has a text that can be read on it", () => {
    const text = /color:rgb\((\d+) (\d+) (\d+)\)/.exec(cssOf({ ...PLAIN, bg: colour }));
    const shown = [Number(text?.[1]), Number(text?.[2]), Number(text?.[3])] as const;
    expect(contrast(shown, colour)).toBeGreaterThanOrEqual(4.5);
  });
});

test("a colour that can be read already stays as it is", () => {
  expect(legible([0, 0, 120], [255, 255, 255])).toEqual([0, 0, 120]);
});
