/** What the editor says to a user. */
export const editorText = {
  codeLabel: "Code. Escape, then Tab, leaves the editor.",
  markdownLabel: "Markdown. Escape, then Tab, leaves the editor.",
  rawLabel: "Raw text. Escape, then Tab, leaves the editor.",
} as const;
