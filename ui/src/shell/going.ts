/**
 * Back and forward: follows where the user is in this window, and goes to where they have been. Loaded with the first
 * key or click. A jump is another document, or a cell that is not beside the last one; so everything that goes somewhere
 * (headings, errors, found words, links, tabs) is one without knowing of it.
 */
import { effect, signal, untracked } from "@preact/signals";
import type { Going } from "./goingSlot";
import { type Place, PlaceHistory } from "./placeHistory";
import type { Shell } from "./shell";
import { pathOf } from "./tabsStore";

const [BACK, FORWARD] = [3, 4]; // the mouse buttons of that name, as events number them

/** Begins to follow. */
export function followPlaces(shell: Shell, page: Window): Going & { readonly stop: () => void } {
  const history = new PlaceHistory();
  const moved = signal(0);
  let isGoing = false;
  let last: { readonly path: string; readonly index: number } | null = null;

  const look = (): void => {
    const path = pathOf(shell.tabs.active.value.view);
    const opened = shell.activeDocument.value;
    const here = opened?.here?.value ?? null;
    if (path === null || opened === null || isGoing) return;
    if (here === null && opened.here !== undefined) return; // its cells have not come yet
    const index = here?.index ?? 0;
    const jumped = last === null || last.path !== path || Math.abs(index - last.index) > 1;
    last = { path, index };
    history.came({ path, cell: here?.cell ?? null }, jumped);
    untracked(() => (moved.value += 1));
  };

  const goTo = async ({ path, cell }: Place): Promise<void> => {
    isGoing = true;
    try {
      await shell.openAndEnter(path);
      if (cell !== null) shell.activeDocument.peek()?.goTo?.(cell);
    } finally {
      isGoing = false;
      last = { path, index: shell.activeDocument.peek()?.here?.peek()?.index ?? 0 };
      moved.value += 1;
    }
  };

  const go = async (step: 1 | -1): Promise<void> => {
    const place = history.step(step);
    if (place !== null) await goTo(place);
  };

  const onMouse = (event: MouseEvent): void => {
    if (event.button !== BACK && event.button !== FORWARD) return;
    event.preventDefault(); // a browser would leave the page
    if (event.type === "mouseup") void shell.commands.run(event.button === BACK ? "go.back" : "go.forward");
  };
  page.addEventListener("mousedown", onMouse);
  page.addEventListener("mouseup", onMouse);
  const stop = effect(look);
  return {
    can: (step) => moved.value >= 0 && history.can(step),
    go,
    stop: () => {
      stop();
      page.removeEventListener("mousedown", onMouse);
      page.removeEventListener("mouseup", onMouse);
    },
  };
}
