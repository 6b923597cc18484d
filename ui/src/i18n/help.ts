/** What the documentation in the inspector says around the kernel's words, in English. */
import { translated } from "./language";

export const helpText = translated("help", {
  label: "Documentation",
  follow: "Follow the caret",
  none: "Put the caret into a name: what it is stands here. Shift+Tab shows it beside the code, pressed again it is kept here.",
});
