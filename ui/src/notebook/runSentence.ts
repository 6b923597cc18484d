/** What a reader hears when a cell has come to its end. Pure. */
import { notebookText } from "../i18n/notebook";
import type { FinishedStatus } from "./documentMessages";

const text = notebookText.announce;

/** `place` counts from 1; `error` is the name of what was raised, or empty. */
export function runSentence(place: number, status: FinishedStatus, error: string): string {
  if (status === "interrupted") return text.interrupted(place);
  if (status === "died") return text.died(place);
  return status === "ok" ? text.finished(place) : text.failed(place, error);
}
