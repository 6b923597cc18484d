import type { editorText } from "../editor";
import type { Translation } from "../language";

export const editor: Translation<typeof editorText> = {
  codeLabel: "Code. Escape, dann Tabulator, verlässt den Editor.",
  markdownLabel: "Markdown. Escape, dann Tabulator, verlässt den Editor.",
  rawLabel: "Rohtext. Escape, dann Tabulator, verlässt den Editor.",
};
