import { expect, test } from "vitest";
import { newCell } from "../model";
import { codeTitle, entryBeginning, withCode } from "./codeEntries";

test.each([
  ["# Load the data\nx = 1", "Load the data"],
  ["\n\n  # %% Plot\n", "Plot"],
  ["// the sum", "the sum"],
  ["-- all trees\nselect 1", "all trees"],
  ["/* start */", "start"],
  ['"""What it does."""', "What it does."],
  ["#include <stdio.h>", "#include <stdio.h>"],
  ["%%time\nx", "%%time"],
  ["%matplotlib inline", "%matplotlib inline"],
  ["x = 1  # not the first thing", "x = 1  # not the first thing"],
  ["#", "#"],
  ["  \n ", ""],
])("a code cell %j is called %j", (source, title) => expect(codeTitle(newCell("c", "code", source))).toBe(title));

test("code stands under its heading, and before the first one at the top", () => {
  const cells = [
    newCell("a", "code", "# setup"),
    newCell("h", "markdown", "## One"),
    newCell("b", "code", "b"),
    newCell("m", "markdown", "text"),
    newCell("c", "code", ""),
  ];
  const entries = withCode([{ cell: "h", level: 2, text: "One", nth: 0 }], { metadata: {}, cells });
  expect(entries.map(({ cell, level, text }) => [cell, level, text])).toEqual([
    ["a", 1, "setup"],
    ["h", 2, "One"],
    ["b", 3, "b"],
  ]);
});

test("what is typed leads to the next entry that begins so, round the end", () => {
  const entries = ["Trees", "Data", "Twigs"].map((text, at) => ({ cell: String(at), level: 1, text, nth: 0 }));
  expect([entryBeginning(entries, 0, "t"), entryBeginning(entries, 2, "t"), entryBeginning(entries, 0, "tr")]).toEqual([
    2, 0, 0,
  ]);
  expect(entryBeginning(entries, 0, "x")).toBe(-1);
});
