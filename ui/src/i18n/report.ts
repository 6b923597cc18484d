/** What the report page and the messages about failures say. */
import { translated } from "./language";

export const reportText = translated("report", {
  title: "Report a problem",
  intro:
    "Nothing is sent anywhere. Copy what you want to share, look through it, and put it where you report the problem.",
  versions: "Versions",
  log: "Last entries of the log",
  page: "Errors on this page",
  noEntries: "The log is empty.",
  loading: "Reading the log…",
  failed: (message: string) => `The log could not be read: ${message}`,
  copyVersions: "Copy versions",
  copyLog: "Copy log",
  openFolder: "Open log folder",
  close: "Close",
  copied: "Copied.",
  notCopied: "The clipboard is not available here: select the text and copy it.",
  webView: "Web view",
  kernels: "Kernels",
  noKernel: "none",
  inWindow: "Adrastea’s window",
  inBrowser: "browser",
  shownIn: "Shown in",
  somethingWrong: "Something went wrong.",
  crashed: "Adrastea crashed the last time. Its log says more.",
  report: "Report…",
});
