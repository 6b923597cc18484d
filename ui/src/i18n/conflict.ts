/** What is said of a file that has changed and cannot be merged, in English. */
import { translated } from "./language";
import { plural } from "./plural";
import { fileSize } from "./size";

export const conflictText = translated("conflict", {
  title: (name: string) => `${name}: yours and the file`,
  loading: "Loading …",
  mine: "Yours, as it would be written",
  theirs: "What the file holds now",
  both: "Both texts, side by side",
  explained: "Nothing has been written yet. Lines that differ are beside each other.",
  cannotBeTaken: "The file cannot be shown as a notebook now:",
  sameLines: (count: number) => `${plural(count, "line")} that both have`,
  cut: "More is different: this is the beginning.",
  noText: "The file is not text in UTF-8: what cannot be read is shown as �.",
  tooLarge: (bytes: number) => `The file is too large to be compared: ${fileSize(bytes)}.`,
  unreadable: "The file cannot be read:",
  take: "Take the file's version",
  showAsText: "Show the file as text",
  saveAs: "Save mine as…",
  close: "Decide later",
  theirsKept: (copy: string) => `What the file held is in ${copy}.`,
  theirsNotKept: (reason: string) =>
    `The file was not replaced, because no copy of what it holds could be kept: ${reason} Save yours under another name.`,
});
