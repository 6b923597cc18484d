/** What rendered Markdown says to a reader. */
export const markdownText = {
  done: "done",
  notDone: "not done",
} as const;
