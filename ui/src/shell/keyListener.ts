/** Hears the keys of the window before anything else does, and runs what the keymap says. */
import { isComposing } from "../design/composing";
import type { CommandRegistry } from "./commands";
import { CHORD_TIMEOUT, type FocusPlace, type Keymap, placeOf } from "./keymap";
import { isAccelerator, strokesOf } from "./keys";

export interface KeyListenerParts {
  readonly page: Document;
  readonly keymap: Keymap;
  readonly commands: CommandRegistry;
  readonly mac: boolean;
  /** Commands whose keys are left to the browser. */
  readonly left: (command: string) => boolean;
}

/** Begins to listen; gives back how to stop. */
export function listenToKeys({ page, keymap, commands, mac, left }: KeyListenerParts): () => void {
  let timer = 0;

  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event) || event.getModifierState("AltGraph")) return;
    const resolution = keymap.resolve(event, placeFor(page, event), event.timeStamp);
    clearTimeout(timer);
    if (resolution.at === "none") return;
    if (resolution.at === "waiting") {
      timer = globalThis.setTimeout(() => keymap.forget(), CHORD_TIMEOUT) as unknown as number;
    } else {
      const { command } = resolution;
      if (left(command.id)) return;
      // A key that can do nothing now is passed on, but for those with which the browser would do something else.
      if (!command.enabled() && !strokesOf(event, mac).some(isAccelerator)) return;
      void commands.run(command.id);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  page.addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(timer);
    page.removeEventListener("keydown", onKey, true);
  };
}

function placeFor(page: Document, event: KeyboardEvent): FocusPlace {
  if (page.querySelector("dialog[open]") !== null) return "layer";
  const target = event.target;
  const place = placeOf(target instanceof Element ? target : null);
  // An open completion list has the first word about every key.
  const completing = place === "edit" && page.querySelector(".cm-tooltip-autocomplete") !== null;
  return completing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey ? "layer" : place;
}
