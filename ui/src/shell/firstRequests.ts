/**
 * What waits for the document at the front: the window itself, for a moment, and what is asked of the server without a
 * press, which is only what is on the screen. Until then the server and the page have something better to do.
 */
import { computed, effect } from "@preact/signals";
import type { Shell } from "./shell";

const PATIENCE = 2_000; // milliseconds: a document that takes longer does not hold up the rest
const TOGETHER = 100; // milliseconds: on a slow line the window comes first

/** Waits for the document at the front, a moment at most: what is drawn with it in it is laid out and painted once. */
export async function frontIsThere(shell: Shell, page: Window): Promise<void> {
  let stop = (): void => undefined;
  await new Promise<void>((resolve) => {
    page.setTimeout(resolve, TOGETHER);
    stop = effect(() => {
      if (!isComing(shell)) resolve();
    });
  });
  stop();
}

/** Calls once when the document at the front has been painted, or has kept everybody waiting; gives back how to stop. */
export function whenShown(shell: Shell, page: Window, call: () => void): () => void {
  let isOver = false;
  const end = (): void => {
    isOver = true;
    page.clearTimeout(timer);
    stop();
  };
  const now = (): void => {
    if (isOver) return;
    end();
    call();
  };
  const timer = page.setTimeout(now, PATIENCE);
  const comes = computed(() => isComing(shell));
  const stop = effect(() => {
    if (!comes.value) page.requestAnimationFrame(() => page.setTimeout(() => !comes.peek() && now()));
  });
  return end;
}

/** Which kernels there are is asked for when the page that lists them is shown. */
export function tieKernels(shell: Shell): () => void {
  const wanted = computed(() => shell.tabs.active.value.view.kind === "welcome" || shell.layer.value?.at === "report");
  return effect(() => {
    if (!wanted.value) return;
    queueMicrotask(() => {
      if (wanted.peek() && shell.kernels.found.peek().at === "loading") void shell.kernels.refresh();
    });
  });
}

function isComing({ tabs, opening }: Shell): boolean {
  const { id, view } = tabs.active.value;
  if (view.kind === "loading" || view.kind === "asleep") return true;
  if (view.kind !== "notebook" && view.kind !== "text") return false;
  const document = opening.documents.value.get(id);
  return document === undefined || (view.kind === "notebook" && document.status.value.save === null);
}
