/** Tells the window what its menu bar shows: titles, keys, and what can be run now, as the registry has them. */
import { computed, effect } from "@preact/signals";
import { entryOf, type MenuEntry, menuCommands, menuTitles } from "./menuBar";
import type { Shell } from "./shell";

const SETTLE = 60; // milliseconds: while many short cells run, the menu is told a few times and not a thousand

/** Begins to follow the registry; gives back how to stop. */
export function tieNativeMenu(shell: Shell): () => void {
  const entries = computed(() =>
    JSON.stringify([
      ...menuTitles(),
      ...withoutTwins(
        menuCommands()
          .map((id) => entryOf(shell.commands, id))
          .filter((entry) => entry !== null),
      ),
    ]),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    if (!shell.bridge.isNative()) return;
    const text = entries.value;
    clearTimeout(timer);
    timer = setTimeout(() => shell.bridge.showMenu(text), SETTLE);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Undo stands there twice, for what has the focus and for cells: the key is shown at the first. */
function withoutTwins(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const isTwin = seen.has(entry.key);
    if (entry.key !== "") seen.add(entry.key);
    return isTwin ? { ...entry, key: "" } : entry;
  });
}
