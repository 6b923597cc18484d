/**
 * What is typed for a cell while its editor is on its way: text, and keys that move in it, in order. Without this they
 * would be commands: End would go to the last cell. Pure.
 */
import { isComposing } from "../design/composing";
import type { CellId } from "./model";

/** A key that is pressed in the editor when it is there. */
export interface EarlyPress {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** Text that is inserted at the caret, or a key. */
export type EarlyStroke = string | EarlyPress;

const MOVES: ReadonlySet<string> = new Set([
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "Backspace",
  "Delete",
  "End",
  "Home",
  "PageDown",
  "PageUp",
]);

export class EarlyKeys {
  #cell: CellId | null = null;
  #strokes: EarlyStroke[] = [];

  /** Remembers a key for a cell; tells whether it did. Of another cell nothing is kept. */
  hear(cell: CellId, event: KeyboardEvent): boolean {
    if (isComposing(event) || event.metaKey || event.ctrlKey !== event.altKey) return false; // both: AltGr
    const text = event.key === "Enter" ? "\n" : event.key;
    if (text.length !== 1 && !MOVES.has(event.key)) return false;
    if (this.#cell !== cell) this.#strokes = [];
    this.#cell = cell;
    const last = this.#strokes.at(-1);
    if (text.length !== 1) this.#strokes.push({ key: event.key, shiftKey: event.shiftKey });
    else if (typeof last === "string") this.#strokes[this.#strokes.length - 1] = last + text;
    else this.#strokes.push(text);
    return true;
  }

  /** What a cell is to get; it is forgotten, and so is that of any other. */
  take(cell: CellId): readonly EarlyStroke[] {
    const strokes = this.#cell === cell ? this.#strokes : [];
    this.#cell = null;
    this.#strokes = [];
    return strokes;
  }
}
