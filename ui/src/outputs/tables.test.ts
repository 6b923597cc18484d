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

function alignments(rows: readonly (readonly string[])[], attributes = ""): string[] {
  const content = document.createElement("div");
  const body = rows.map((row) => `<tr><th>i</th>${row.map((cell) => `<td ${attributes}>${cell}</td>`).join("")}</tr>`);
  content.innerHTML = `<table><thead><tr><th></th><th>a</th></tr></thead><tbody>${body.join("")}</tbody></table>`;
  document.body.append(content);
  mendTables(content);
  return [...(content.querySelector("tbody tr")?.querySelectorAll("td") ?? [])].map((cell) => cell.style.textAlign);
}

test("columns of words begin at the left, those with numbers end at the right", () => {
  const words = ["Metis", "12", "-1.5e-07", "NaN", "2024-01-02", "12 %", "$ 1,200.50", "x".repeat(100_000)];
  expect(alignments([words])).toEqual(["start", "", "", "", "start", "", "", "start"]);
  expect(alignments([["NaN"], ["Io"]])).toEqual(["start"]);
  expect(alignments([["word"], ["7"]])).toEqual([""]);
});

test("who says how a table stands is listened to", () => {
  expect(alignments([["Metis"]], 'style="text-align: right"')).toEqual(["right"]);
  expect(alignments([["Metis"]], 'align="center"')).toEqual([""]);
});
