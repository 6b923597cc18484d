/**
 * Errors that nobody has handled, on this page and of the server: a message that leads to the report page.
 *
 * Refusals of the server are none: they carry a sentence, and whoever asked shows it.
 */
import { reportText } from "../i18n/report";
import type { Shell } from "./shell";

const INTERNAL = 500; // the server's status for an error of its own
const FAULTS: ReadonlySet<string> = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError", "ParseError"]);

/** Listens to the page; gives back how to stop. */
export function listenToFailures(shell: Shell, page: Window): () => void {
  const failed = (event: ErrorEvent): void => {
    if (isOurs(event, page.location.origin)) tell(shell, event.error);
  };
  const rejected = (event: PromiseRejectionEvent): void => {
    if (isUnexpected(event.reason)) tell(shell, event.reason);
  };
  page.addEventListener("error", failed);
  page.addEventListener("unhandledrejection", rejected);
  return () => {
    page.removeEventListener("error", failed);
    page.removeEventListener("unhandledrejection", rejected);
  };
}

/** Says once that the program crashed the last time. */
export async function tellCrash(shell: Shell): Promise<void> {
  const crashed = await shell.server.takeCrash().catch(() => false);
  if (crashed) shell.toasts.show(reportText.crashed, "error", reportAction(shell));
}

/** Whether an error is a fault rather than a refusal: something of ours that broke, here or in the server. */
export function isUnexpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "status" in error ? error.status === INTERNAL : FAULTS.has(error.name);
}

/** The button that leads to the report page. */
export function reportAction(shell: Shell): { readonly label: string; readonly run: () => void } {
  return { label: reportText.report, run: () => void shell.commands.run("help.report") };
}

function tell(shell: Shell, error: unknown): void {
  shell.report.note(error);
  shell.toasts.show(reportText.somethingWrong, "error", reportAction(shell));
}

/** Extensions of a browser fail too, and a browser reports an observer that it will call again as an error. */
function isOurs(event: ErrorEvent, origin: string): boolean {
  const isElsewhere = event.filename !== "" && !event.filename.startsWith(origin);
  return !isElsewhere && event.error !== undefined && event.error !== null;
}
