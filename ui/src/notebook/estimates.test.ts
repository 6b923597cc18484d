import { expect, test } from "vitest";
import type { Output } from "../wire/outputs";
import { estimatedHeight } from "./estimates";
import { type Cell, newCell } from "./model";

const withOutputs = (...outputs: Output[]): Cell => ({ ...newCell("a", "code", "1"), outputs });
const stream = (lines: number): Output => ({ output_type: "stream", name: "stdout", text: "x\n".repeat(lines) });
const display = (data: Record<string, string>): Output => ({ output_type: "display_data", data, metadata: {} });
const empty = estimatedHeight(withOutputs());

test("code is as high as its lines", () => {
  const height = (lines: number): number => estimatedHeight(newCell("a", "code", Array(lines).fill("x").join("\n")));
  expect(height(20) - height(10)).toBe(200);
});

test("a line of prose that wraps is higher", () => {
  const short = estimatedHeight(newCell("a", "markdown", "word ".repeat(10)));
  expect(estimatedHeight(newCell("a", "markdown", "word ".repeat(100)))).toBeGreaterThan(short + 48);
});

test("text is as high as its lines, and a long one has a box", () => {
  expect(estimatedHeight(withOutputs(stream(10))) - empty).toBe(212);
  expect(estimatedHeight(withOutputs(stream(100_000))) - empty).toBeLessThan(600);
});

test("an image is as high as its first bytes say", () => {
  // A PNG of 1 × 321 pixels: signature, IHDR.
  const png = btoa("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\x01\x41\x08\x06\0\0\0\0\0\0\0");
  expect(estimatedHeight(withOutputs(display({ "image/png": png }))) - empty).toBe(333);
});

test("a table is as high as its rows, and nothing is higher than the limit of outputs", () => {
  const table = (rows: number): Output =>
    display({ "text/html": `<table>${"<tr><td>1</td></tr>".repeat(rows)}</table>` });
  expect(estimatedHeight(withOutputs(table(10))) - empty).toBe(292);
  expect(estimatedHeight(withOutputs(table(1_000))) - empty).toBeLessThan(700);
});

test("of very many outputs those that are shown at first have a height", () => {
  const many = (count: number): number =>
    estimatedHeight(withOutputs(...Array.from({ length: count }, () => stream(1)))) - empty;
  expect(many(20_000)).toBe(many(150));
});
