/** What the versions of a notebook and the past runs of a cell say, in English. */
import { translated } from "./language";
import { plural } from "./plural";
import { fileSize } from "./size";

export const historyText = translated("history", {
  close: "Close",
  loading: "Loading …",
  views: "What is shown",
  preview: "Preview",
  moreCells: (count: number) => `Show ${plural(count, "more cell")}`,
  kinds: { added: "Added since", removed: "Removed since", changed: "Changed since" },

  versions: {
    command: "Versions…",
    title: (name: string) => `Versions of ${name}`,
    list: "Versions",
    changes: "What has changed since",
    preview: "The version as it was",
    nothing: "No text has changed since.",
    restore: "Restore this version",
    none: "No version yet: one is kept whenever you save, or run all cells.",
  },

  runs: {
    command: "Past runs of this cell…",
    title: (place: number) => `Past runs of cell ${place}`,
    list: "Past runs",
    changes: "What has changed since",
    preview: "The run as it was",
    restoreSource: "Restore source",
    restoreAll: "Restore source and outputs",
    none: "No run of this cell is kept yet. From now on, every run is.",
    gone: "This cell is gone.",
    partly: "The outputs were too large to be kept whole: their beginning and end are.",
    sameSource: "The source is the same now.",
    sameOutputs: "The outputs are the same now.",
    noOutputs: "No outputs.",
    outputs: "Outputs",
    then: "Outputs then",
    now: "Outputs now",
    milliseconds: (count: number) => `${count} ms`,
    memory: (bytes: number) => `${fileSize(bytes)} of memory`,
    statuses: {
      ok: "",
      error: "Error",
      interrupted: "Interrupted",
      aborted: "Aborted",
      died: "The kernel died",
      unknown: "End not known",
    },
  },
});
