import { expect, test } from "vitest";
import { compare, compareLines } from "./compare";
import { type Cell, newCell, type Notebook } from "./model";

function notebook(...cells: readonly Cell[]): Notebook {
  return { metadata: {}, cells };
}

const [A, B, C, D] = ["a", "b", "c", "d"].map((id) => newCell(id, "code", `${id} = 1\n${id}`)) as [
  Cell,
  Cell,
  Cell,
  Cell,
];

test("cells are told as added, removed, changed or the same, in their order", () => {
  const changed = { ...B, source: "b = 2\nb" };
  const told = compare(notebook(A, B, C), notebook(D, A, changed)).map(({ kind, cell }) => `${kind} ${cell.id}`);
  expect(told).toEqual(["added d", "same a", "changed b", "removed c"]);
});

test("a removed cell stands at the beginning where it stood there", () => {
  expect(compare(notebook(A, B), notebook(B)).map(({ kind }) => kind)).toEqual(["removed", "same"]);
});

test("another output is no change of what was written", () => {
  const ran = { ...A, execution_count: 7 };
  expect(compare(notebook(A), notebook(ran))[0]?.kind).toBe("same");
});

test("lines that both have stand once", () => {
  const signs = { same: " ", added: "+", removed: "-" };
  const shown = compareLines("one\ntwo\nthree\n", "one\n2\nthree\nfour\n").map(
    ({ change, text }) => signs[change] + text,
  );
  expect(shown).toEqual([" one", "-two", "+2", " three", "+four", " "]);
});

test("both texts can be read out of the lines, whatever they are", () => {
  const texts = ["", "a", "a\nb", "b\na", "a\na\nb\nc", "c\nb\na\na", "x\ny\nz\n"];
  for (const before of texts)
    for (const after of texts) {
      const lines = compareLines(before, after);
      const read = (other: string): string =>
        lines
          .filter(({ change }) => change !== other)
          .map(({ text }) => text)
          .join("\n");
      expect([read("added"), read("removed")]).toEqual([before, after]);
    }
});

test("long texts are told whole, old and new", () => {
  const long = Array.from({ length: 3_000 }, (_, at) => `${at}`).join("\n");
  expect(compareLines(long, `${long}\nx`)).toHaveLength(6_001);
});
