/** What the inspector at the right says, in English. */
import { translated } from "./language";

export const inspectorText = translated("inspector", {
  label: "Inspector",
  pages: "Pages",
  titles: { outline: "Outline", help: "Help", cell: "Cell" },
  close: "Close the inspector",
  resize: "Width of the inspector",
  toggle: "Show or hide the inspector",
});
