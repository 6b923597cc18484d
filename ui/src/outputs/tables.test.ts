import { expect, test } from "vitest";
import { textOn } from "./tables";

test.each([
  ["rgb(255, 215, 0)", "black"],
  ["rgb(0, 0, 128)", "white"],
  ["rgb(255 255 255)", "black"],
  ["rgba(0, 0, 0, 0)", null],
  ["rgba(0, 0, 0, 0.9)", "white"],
  ["color(srgb 1 0 0)", null],
])("the text on %s is %s", (ground, text) => expect(textOn(ground)).toBe(text));
