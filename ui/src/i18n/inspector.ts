/** What the inspector at the right says, in English. */
export const inspectorText = {
  label: "Inspector",
  pages: "Pages",
  titles: { outline: "Outline", help: "Help", cell: "Cell" },
  close: "Close the inspector",
  toggle: "Show or hide the inspector",
} as const;
