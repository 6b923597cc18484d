import { expect, test } from "vitest";
import { runSentence } from "./runSentence";

test("a reader hears how a cell has ended, and with which error", () => {
  expect((["ok", "error", "interrupted", "died"] as const).map((end) => runSentence(2, end, "NameError"))).toEqual([
    "Cell 2 finished",
    "Cell 2 finished with an error, NameError",
    "Cell 2 was interrupted",
    "The kernel died while cell 2 ran",
  ]);
});
