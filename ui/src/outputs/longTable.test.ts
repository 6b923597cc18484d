import { expect, test } from "vitest";
import { cutTable } from "./longTable";

const table = (rows: number, columns = 2): string => {
  const row = (at: number): string => `<tr><th>${at}</th>${"<td>x</td>".repeat(columns - 1)}</tr>`;
  const body = Array.from({ length: rows }, (_, at) => row(at)).join("");
  return `<style>a{}</style><table><thead><tr><th>n</th></tr></thead><tbody>${body}</tbody></table><p>${rows} rows</p>`;
};

test("of a long table the first rows are left, and what stands behind it", () => {
  const cut = cutTable(table(20_000), 0);
  expect([cut?.shown, cut?.rows, cut?.step]).toEqual([500, 20_001, 500]);
  expect(cut?.html).toContain("<th>498</th>");
  expect(cut?.html).not.toContain("<th>499</th>");
  expect(cut?.html).toMatch(/<\/tr><\/tbody><\/table><p>20000 rows<\/p>$/);
});

test("each step shows as many more, until all are there", () => {
  expect(cutTable(table(1_200), 1)?.shown).toBe(1_000);
  expect(cutTable(table(1_200), 2)).toBeNull();
});

test("of a wide table fewer rows are shown", () => expect(cutTable(table(1_000, 100), 0)?.shown).toBe(50));

test.each([
  ["a short table", table(100)],
  ["two tables", table(400) + table(400)],
  ["no table", "<p>x</p>".repeat(1_000)],
  ["a table without an end", table(1_000).split("</tbody>")[0] ?? ""],
])("%s is left as it is", (_, html) => expect(cutTable(html, 0)).toBeNull());
