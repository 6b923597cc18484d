/**
 * A script that throws and has drawn nothing would leave a blank: its first error is told in its place. One that has
 * drawn something stays as it is; its errors are on the console.
 */
import { sentenceOf } from "../../../i18n/sentenceOf";

const PATIENCE = 1_000; // milliseconds after an error: libraries draw later than their script runs
const HARMLESS = /^ResizeObserver loop/; // what browsers say when a drawing takes two steps

/** After `document.open`, which takes all listeners away. `failed` is called once at the most. */
export function watchBlank(isBlank: () => boolean, failed: (error: unknown) => void): void {
  let isTold = false;
  const hear = (error: unknown): void => {
    if (isTold || HARMLESS.test(sentenceOf(error))) return;
    isTold = true;
    setTimeout(() => {
      if (isBlank()) failed(error);
      else isTold = false;
    }, PATIENCE);
  };
  addEventListener("error", ({ error, message }) => hear(error ?? message));
  addEventListener("unhandledrejection", ({ reason }) => hear(reason));
}
