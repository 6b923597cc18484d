/**
 * Which command a key press means: one table, made from the keys that the commands name.
 *
 * Where the focus is decides what a key may do. Text fields, dialogs and menus keep their keys; single characters act
 * in a notebook's command mode only; in an editor, keys without a modifier belong to the editor. A chord is two
 * strokes within 800 ms; what does not complete one is read as a key of its own.
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Command, CommandMode } from "../design/command";
import { isAccelerator, isCharacter, type KeyPress, parseKeys, type Stroke, strokesOf } from "./keys";

/** Where the focus is: a notebook's cell, its editor, elsewhere in the window, a text field, or a dialog or menu. */
export type FocusPlace = "command" | "edit" | "elsewhere" | "field" | "layer";

export const CHORD_TIMEOUT = 800; // milliseconds

export interface Binding {
  readonly strokes: readonly Stroke[];
  readonly mode: CommandMode;
  readonly command: Command;
}

/** All bindings of these commands; the first command to name a key in a mode keeps it. */
export function bindingsOf(commands: readonly Command[]): readonly Binding[] {
  const found = new Map<string, Binding>();
  for (const command of commands) {
    for (const keys of command.keys ?? []) {
      const strokes = parseKeys(keys);
      const mode = strokes.some(isCharacter) ? "command" : (command.when ?? "always");
      const name = `${mode} ${strokes.join(" ")}`;
      if (!found.has(name)) found.set(name, { strokes, mode, command });
    }
  }
  return [...found.values()];
}

/** Whether a binding may act when the focus is there. */
export function acts(binding: Binding, place: FocusPlace): boolean {
  const first = binding.strokes[0] ?? "";
  const ofDocument = binding.command.id.startsWith("notebook.");
  switch (place) {
    case "layer":
      return false;
    case "field":
    case "elsewhere":
      return binding.mode === "always" && isAccelerator(first) && !ofDocument;
    case "command":
      return binding.mode !== "edit";
    case "edit":
      // Escape, Tab and the arrows mean something to the editor first; it says itself when it is left.
      return binding.mode !== "command" && (isAccelerator(first) || /\+/.test(first));
  }
}

/** Whether a control keeps this key for itself: a focused button is pressed by Enter and Space. */
export function keptByControl(stroke: Stroke, target: Element | null): boolean {
  return (
    (stroke === "Enter" || stroke === "Space") && target?.closest("button, a[href], summary, [role=button]") != null
  );
}

export type Resolution =
  { readonly at: "none" } | { readonly at: "waiting" } | { readonly at: "run"; command: Command };

const NONE: Resolution = { at: "none" };

export class Keymap {
  readonly #bindings: () => readonly Binding[];
  readonly #mac: boolean;
  readonly #pending = signal<Stroke | null>(null);
  #since = 0;

  constructor(bindings: () => readonly Binding[], mac: boolean) {
    this.#bindings = bindings;
    this.#mac = mac;
  }

  /** The first stroke of a chord that waits for its second. */
  get pending(): ReadonlySignal<Stroke | null> {
    return this.#pending;
  }

  /** What a key press means at `now` (milliseconds); remembers the first half of a chord. */
  resolve(
    event: KeyPress & { repeat?: boolean; target?: EventTarget | null },
    place: FocusPlace,
    now: number,
  ): Resolution {
    const strokes = strokesOf(event, this.#mac);
    if (strokes.length === 0) return this.#pending.value === null ? NONE : { at: "waiting" };
    const usable = this.#bindings().filter((binding) => acts(binding, place));
    const first = now - this.#since <= CHORD_TIMEOUT ? this.#pending.value : null;
    if (first !== null && event.repeat === true) return { at: "waiting" };
    this.forget();
    const chord = first === null ? undefined : usable.find((one) => matches(one, first, strokes));
    if (chord !== undefined) return { at: "run", command: chord.command };
    const target = event.target instanceof Element ? event.target : null;
    if (strokes.some((stroke) => keptByControl(stroke, target))) return NONE;
    for (const stroke of strokes) {
      if (event.repeat !== true && usable.some((one) => one.strokes.length === 2 && one.strokes[0] === stroke)) {
        this.#pending.value = stroke;
        this.#since = now;
        return { at: "waiting" };
      }
      const single = usable.filter((one) => one.strokes.length === 1 && one.strokes[0] === stroke);
      const ready = single.find((one) => one.command.enabled()) ?? single[0];
      if (ready !== undefined) return { at: "run", command: ready.command };
    }
    return NONE;
  }

  /** Gives up a chord that was begun. */
  forget(): void {
    this.#pending.value = null;
  }
}

function matches(binding: Binding, first: Stroke, second: readonly Stroke[]): boolean {
  return binding.strokes.length === 2 && binding.strokes[0] === first && second.includes(binding.strokes[1] ?? "");
}

/** Where an event's target lies. */
export function placeOf(target: Element | null): FocusPlace {
  if (target === null || target === target.ownerDocument.body || target === target.ownerDocument.documentElement) {
    return "command";
  }
  if (target.closest("dialog, [role=dialog], [role=menu], [role=menubar]") !== null) return "layer";
  if (target.closest(".cm-editor") !== null) return target.closest(".cm-panels") === null ? "edit" : "field";
  if (isTextField(target) || target.closest("[data-keys=own]") !== null) return "field"; // of widgets: also buttons
  // The inspector stands in its document, and is a region of its own.
  return target.closest("[data-region]")?.getAttribute("data-region") === "document" ? "command" : "elsewhere";
}

function isTextField(target: Element): boolean {
  if (target.closest("textarea, select, [contenteditable=''], [contenteditable=true]") !== null) return true;
  const input = target.closest("input");
  return input !== null && !["button", "checkbox", "radio", "submit", "reset", "image"].includes(input.type);
}
