// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { expect, test } from "vitest";
import { latexNow, latexParts, renderLatex } from "./latex";

test.each([
  ["$\\displaystyle x^2$", [["inline", "\\displaystyle x^2"]]],
  ["$$x$$", [["display", "x"]]],
  ["\\[x\\]", [["display", "x"]]],
  ["\\(x\\)", [["inline", "x"]]],
  ["\\begin{equation}x\\end{equation}", [["display", "\\begin{equation}x\\end{equation}"]]],
  ["\\frac{1}{2}", [["display", "\\frac{1}{2}"]]],
  ["only words", [["no", "only words"]]],
  [
    "Let $x$ be",
    [
      ["no", "Let "],
      ["inline", "x"],
      ["no", " be"],
    ],
  ],
  ["$\\text{5\\$}$", [["inline", "\\text{5\\$}"]]],
])("%j", (source, expected) => {
  expect(latexParts(source).map(({ math, text }) => [math, text])).toEqual(expected);
});

test("what it renders is MathML, and text is text", async () => {
  const html = await renderLatex("<b> $x$");
  expect(html).toMatch(/^&lt;b&gt; <math/);
  expect(latexNow("<b> $x$")).toBe(html);
});
