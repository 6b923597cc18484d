import { expect, test } from "vitest";
import { isImage, languageOf } from "./languages";

test("the extension names the language, whatever its case", () => {
  expect(["a/utils.py", "README.MD", "x.R", "Makefile"].map(languageOf)).toEqual(["python", "markdown", "r", "plain"]);
});

test("pictures are those that a browser can show", () => {
  expect(["plot.png", "a.JPG", "a.tiff", "a.svg"].map(isImage)).toEqual([true, true, false, true]);
});
