/** What the banners of a notebook say, in English. */
import { translated } from "./language";
import { plural } from "./plural";

export const bannersText = translated("banners", {
  died: "The kernel has stopped.",
  diedMore: "Outputs stay; variables are lost.",
  queueCleared: "Cells that waited for it were not run.",
  restart: "Restart",
  restartHere: "Restart and run to here",
  log: "Show its log",
  choose: "Choose another kernel",
  retry: "Try again",
  changed: "This file has changed on disk since it was opened, and cannot be merged with what is here.",
  combined: (taken: number, undecided: number) =>
    [
      "Another program has changed this file.",
      taken === 0
        ? "Your changes and those in the file were put together."
        : `${plural(taken, "cell")} came from there; your changes are kept.`,
      undecided > 0 && `Please look at ${plural(undecided, "cell")} that both had changed: the marks say where.`,
    ]
      .filter(Boolean)
      .join(" "),
  versionShown: {
    mine: "This is your version, as it was before the file was changed.",
    disk: "This is the version that was in the file. Yours is kept while you decide.",
  },
  showVersion: {
    merged: "Show both together",
    mine: "Show mine",
    disk: "Show the file's version",
  },
  reload: "Reload",
  keep: "Keep mine",
  compare: "Compare",
  notSaved: "The notebook could not be saved.",
  notSavedMore: "Nothing is lost: it is kept by the server while this is open.",
  restored: (until: string) =>
    `The program ended before this notebook was saved. Everything that was done until ${until} is here again.`,
  showSaved: "Show the saved version",
  savedShown: "This is the version that had been saved. What was restored is kept while you decide.",
  showRestored: "Show what was restored",
  keepShown: "Keep this",
  readOnly: "This file is read-only: changes cannot be saved here.",
  dismiss: "Dismiss",
  offline:
    "Not connected to the server. You can go on writing. When the connection is back, everything is sent, and cells can be run again.",
  retryNow: "Try now",
  seconds: (seconds: number) => `Next try in ${Math.ceil(seconds)} s.`,
});
