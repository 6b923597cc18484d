/** What the editor says to a user. */
import { translated } from "./language";

export const editorText = translated("editor", {
  codeLabel: "Code. Escape, then Tab, leaves the editor.",
  markdownLabel: "Markdown. Escape, then Tab, leaves the editor.",
  documentation: "Documentation",
  pinHint: "Shift+Tab again keeps it at the right.",
  rawLabel: "Raw text. Escape, then Tab, leaves the editor.",
});
