/** What is said when the state of widgets is saved; loaded then. */
import { translated } from "./language";
import { plural } from "./plural";

export const widgetStateText = translated("widgetState", {
  saved: (n: number, size: string) => `The state of ${plural(n, "widget model")} is in the notebook now: ${size}.`,
  cleared: "The saved state of widgets was taken out of the notebook.",
  none: "No output of this notebook is a widget.",
  gone: "The widgets of this notebook are not there any more: run their cells first.",
  notThere: "What the widgets hold is not known yet. Try again when the notebook is connected.",
  noneSaved: "No state of widgets is saved in this notebook.",
});
