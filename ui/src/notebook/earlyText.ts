/**
 * The text of a cell under the keys that are pressed before its editor has come: what is typed is in the cell at once, and
 * keys that move in the text are no commands. Pure.
 */
import { isComposing } from "../design/composing";

/** A text with its selection, in UTF-16 units; the caret is at `head`. */
export interface EditedText {
  readonly source: string;
  readonly anchor: number;
  readonly head: number;
}

/** The text after a key; null when the key is not for the text. */
export function withKey(text: EditedText, event: KeyboardEvent): EditedText | null {
  if (isComposing(event)) return null;
  const { key, shiftKey } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "a") {
    return { ...text, anchor: 0, head: text.source.length };
  }
  if (event.metaKey || (event.altKey && !event.ctrlKey)) return null;
  const far = event.ctrlKey && !event.altKey; // both: AltGr
  if (key.length === 1) return far ? null : replaced(text, key);
  if (key === "Enter") return far || shiftKey ? null : replaced(text, `\n${indentation(text)}`);
  if (key === "Backspace" || key === "Delete") {
    if (text.anchor !== text.head) return replaced(text, "");
    return replaced(
      { ...text, anchor: moved(text, key === "Delete" ? "ArrowRight" : "ArrowLeft", far) ?? text.head },
      "",
    );
  }
  const collapses = !shiftKey && !far && text.anchor !== text.head;
  if (collapses && key === "ArrowLeft") return at(text, Math.min(text.anchor, text.head));
  if (collapses && key === "ArrowRight") return at(text, Math.max(text.anchor, text.head));
  const head = moved(text, key, far);
  if (head === null) return null;
  return shiftKey ? { ...text, head } : at(text, head);
}

/** Where a key brings the caret; null when it does not move it. `far`: by words, or to an end of the text. */
function moved({ source, head }: EditedText, key: string, far: boolean): number | null {
  const before = source.slice(0, head);
  const after = source.slice(head);
  const column = head - start(source, head);
  switch (key) {
    case "ArrowLeft":
      return head - ((far ? /\w+\W*$|\W+$/ : /[^]$/u).exec(before)?.[0].length ?? 0);
    case "ArrowRight":
      return head + ((far ? /^\W*\w+|^\W+/ : /^[^]/u).exec(after)?.[0].length ?? 0);
    case "Home":
      return far ? 0 : start(source, head);
    case "End":
      return far ? source.length : end(source, head);
    case "ArrowUp": {
      const above = start(source, head) - 1;
      return far ? null : above < 0 ? 0 : Math.min(start(source, above) + column, above);
    }
    case "ArrowDown": {
      const below = end(source, head) + 1;
      return far ? null : below > source.length ? source.length : Math.min(below + column, end(source, below));
    }
    case "PageUp":
      return far ? null : 0;
    case "PageDown":
      return far ? null : source.length;
    default:
      return null;
  }
}

function replaced({ source, anchor, head }: EditedText, by: string): EditedText {
  const from = Math.min(anchor, head);
  const changed = source.slice(0, from) + by + source.slice(Math.max(anchor, head));
  return at({ source: changed, anchor, head }, from + by.length);
}

function at(text: EditedText, position: number): EditedText {
  return { ...text, anchor: position, head: position };
}

/** Of the line that the selection begins in, as far as it is before it. */
function indentation({ source, anchor, head }: EditedText): string {
  const from = Math.min(anchor, head);
  return /^[ \t]*/.exec(source.slice(start(source, from), from))?.[0] ?? "";
}

function start(source: string, position: number): number {
  return position === 0 ? 0 : source.lastIndexOf("\n", position - 1) + 1;
}

function end(source: string, position: number): number {
  const found = source.indexOf("\n", position);
  return found < 0 ? source.length : found;
}

/** The beginning of a line, from 1; of the last one beyond the end. */
export function lineStart(source: string, line: number): number {
  let position = 0;
  for (let n = 1; n < line && end(source, position) < source.length; n++) position = end(source, position) + 1;
  return position;
}
