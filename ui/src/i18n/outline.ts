/** What headings, sections and the outline say, in English. */
import { translated } from "./language";
import { plural } from "./plural";

export const outlineText = translated("outline", {
  category: "Go",
  view: "View",
  commands: {
    outline: "Show or hide the outline",
    outlineCode: "Show or hide code cells in the outline",
    fold: "Fold the section",
    unfold: "Unfold the section",
    foldAll: "Fold all sections",
    unfoldAll: "Unfold all sections",
    nextSection: "Go to the next section",
    previousSection: "Go to the previous section",
    running: "Go to the running cell",
    lastError: "Go to the last error",
    insertHeadingAbove: "Insert heading above",
    insertHeadingBelow: "Insert heading below",
  },
  title: "Outline",
  none: "There are no headings. A line that begins with # in a Markdown cell makes one.",
  noneAtAll: "There are no headings, and no code.",
  code: "Code cells too",
  hidden: (count: number) => `${plural(count, "cell")} hidden`,
  running: "running",
  error: "error",
  cellRow: (place: number) => `Cell ${place}`,
  lineRow: (line: number, place: number) => `Line ${line} of cell ${place}`,
});
