import { expect, test } from "vitest";
import { applyAll } from "../edits";
import { type Cell, newCell } from "../model";
import { folding, foldsOf, headingAbove, isFolded, levelOf, sectionAt } from "./sections";

const cells: readonly Cell[] = [
  newCell("intro", "code"),
  newCell("one", "markdown", "# One"),
  newCell("a", "code"),
  newCell("two", "markdown", "text\n## Two\n### Deep"),
  newCell("b", "code"),
  newCell("three", "markdown", "# Three"),
];
const notebook = { metadata: {}, cells };
const folded = (...ids: readonly string[]) =>
  applyAll(
    notebook,
    folding(
      cells.filter((cell) => ids.includes(cell.id)),
      true,
    ),
  );

test("a section ends before the next heading that is as high", () => {
  expect([1, 3, 5, 2].map((place) => sectionAt(notebook, place))).toEqual([
    { from: 1, to: 5 },
    { from: 3, to: 5 },
    { from: 5, to: 6 },
    { from: 2, to: 3 },
  ]);
});

test("a cell stands under the heading above it, a heading under a higher one", () => {
  expect([0, 2, 3, 4, 5].map((place) => headingAbove(notebook, place))).toEqual([-1, 1, 1, 3, -1]);
});

test("a folded heading hides its section and says how much that is", () => {
  const { hidden, counts } = foldsOf(folded("one", "two"));
  expect([...hidden]).toEqual([
    ["a", "one"],
    ["two", "one"],
    ["b", "one"],
  ]);
  expect([...counts]).toEqual([["one", 3]]);
});

test("folds are kept as JupyterLab keeps them, and leave other metadata alone", () => {
  const tagged = { ...newCell("x", "markdown", "# X"), metadata: { tags: ["t"], heading_collapsed: true } };
  expect(isFolded(tagged)).toBe(true);
  const open = applyAll({ metadata: {}, cells: [tagged] }, folding([tagged], false)).cells[0]!;
  expect(open.metadata).toEqual({ tags: ["t"] });
  const shut = applyAll({ metadata: {}, cells: [open] }, folding([open], true)).cells[0]!;
  expect(shut.metadata).toEqual({ tags: ["t"], "jp-MarkdownHeadingCollapsed": true });
});

test("what is no heading is not folded", () => {
  expect(folding([newCell("c", "code", "# no"), newCell("m", "markdown", "text")], true)).toEqual([]);
  expect(levelOf(newCell("m", "markdown", "```\n# no\n```"))).toBeNull();
});
