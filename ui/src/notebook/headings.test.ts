import { expect, test } from "vitest";
import { cellWithHeading, headingsIn } from "./headings";
import { newCell } from "./model";

test("headings are lines with marks, outside of code blocks", () => {
  const source =
    "# One\ntext # no\n```\n# code\n~~~\n```\n~~~py\n# code\n~~~\n  ### Two *and* more ###\n#no\n####### no";
  expect(headingsIn(source)).toEqual(["One", "Two *and* more"]);
});

test("a link leads to the cell that has its heading", () => {
  const cells = [
    newCell("a", "code", "# The end"),
    newCell("b", "markdown", "text\n\n## The  `end` of *it*"),
    newCell("c", "markdown", "# Other"),
  ];
  const notebook = { metadata: {}, cells };
  expect(cellWithHeading(notebook, "user-content-The-end-of-it")).toBe("b");
  expect(cellWithHeading(notebook, "Other")).toBe("c");
  expect(cellWithHeading(notebook, "user-content-end-of-it")).toBeNull();
});
