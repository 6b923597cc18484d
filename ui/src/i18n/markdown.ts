/** What rendered Markdown says to a reader. */
import { translated } from "./language";

export const markdownText = translated("markdown", {
  done: "done",
  notDone: "not done",
  formulaTooLong: "This formula is too long to be set.",
});
