import { expect, test } from "vitest";
import { hasManyElements, hasScript, heightGuess, isLongTable } from "./htmlFacts";

test.each([
  ["<script>1</script>", true],
  ["<SCRIPT src=x>", true],
  ['<script type="module">', true],
  ["<iframe src=x>", true],
  ['<script type="application/json">{}</script>', false],
  ["<b>description of script</b>", false],
  ["&lt;script&gt;", false],
  ["<table><tr><td>1</table>", false],
])("whether %s needs the frame: %s", (html, expected) => expect(hasScript(html)).toBe(expected));

test("a table's height is guessed by its rows, up to what is shown of it", () => {
  expect(heightGuess("<tr>".repeat(10))).toBeGreaterThan(heightGuess("<tr>"));
  expect(heightGuess("<tr>".repeat(1000))).toBe(480);
});

test("a table of more than a hundred rows scrolls by itself", () => {
  expect([isLongTable("<tr>".repeat(100)), isLongTable("<tr>".repeat(101))]).toEqual([false, true]);
});

test("elements are counted, whatever else begins with their sign", () => {
  expect(hasManyElements("<p>a < b</p><!-- x --><b>".repeat(10), 19)).toBe(true);
  expect(hasManyElements("<p>a < b</p><!-- x --><b>".repeat(10), 20)).toBe(false);
});
