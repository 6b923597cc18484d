/** What find and replace say, in English. */
import { formatNumber } from "./formats";
import { translated } from "./language";
import { plural } from "./plural";

export const findText = translated("find", {
  commands: {
    find: "Find in the notebook…",
    replace: "Find and replace…",
    next: "Go to the next match",
    previous: "Go to the previous match",
  },
  label: "Find and replace",
  find: "Find",
  replaceBy: "Replace with",
  count: (at: number, count: number, isAll: boolean) =>
    `${at === 0 ? "–" : formatNumber(at)} of ${formatNumber(count)}${isAll ? "" : "+"}`,
  none: "No results",
  looking: (done: number, total: number) => `Looking… ${Math.floor((100 * done) / total)} %`,
  tooLong: "This takes too long: make it simpler",
  cancelled: "Cancelled",
  cancel: "Cancel",
  wrong: (reason: string) => `Not a regular expression: ${reason}`,
  matchCase: "Match case",
  wholeWord: "Whole words",
  regex: "Regular expression",
  outputs: "Also in outputs",
  /** What stands on the button; a part of its whole name, for those who speak to it. */
  outputsMark: "outputs",
  selection: "Only in the selected cells",
  selectionMark: "selected",
  next: "Next match",
  previous: "Previous match",
  close: "Close",
  showReplace: "Show the field for the replacement",
  replace: "Replace",
  replaceAll: "Replace all",
  replaced: (places: number, cells: number) =>
    places === 0
      ? "There was nothing to replace in the text of the cells."
      : `${plural(places, "place")} replaced in ${plural(cells, "cell")}.`,
  undo: "Undo",
});
