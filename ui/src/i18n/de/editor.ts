import type { editorText } from "../editor";
import type { Translation } from "../language";

export const editor: Translation<typeof editorText> = {
  codeLabel: "Code. Escape, dann Tabulator, verlässt den Editor.",
  markdownLabel: "Markdown. Escape, dann Tabulator, verlässt den Editor.",
  documentation: "Dokumentation",
  pinHint: "Noch einmal Umschalt+Tab lässt es rechts stehen.",
  rawLabel: "Rohtext. Escape, dann Tabulator, verlässt den Editor.",
};
