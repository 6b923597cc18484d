import { expect, test } from "vitest";
import { mendTables, textOn } from "./tables";

test.each([
  ["rgb(255, 215, 0)", "black"],
  ["rgb(0, 0, 128)", "white"],
  ["rgb(255 255 255)", "black"],
  ["rgba(0, 0, 0, 0)", null],
  ["rgba(0, 0, 0, 0.9)", "white"],
  ["color(srgb 1 0 0)", null],
])("the text on %s is %s", (ground, text) => expect(textOn(ground)).toBe(text));

test("an empty heading is a cell to a reader", () => {
  const content = document.createElement("div");
  content.innerHTML = "<table><tr><th></th><th>a</th></tr></table>";
  document.body.append(content);
  mendTables(content);
  expect([...content.querySelectorAll("th")].map((cell) => cell.getAttribute("role"))).toEqual(["cell", null]);
});
