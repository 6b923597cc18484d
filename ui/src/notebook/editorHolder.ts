/**
 * The live editor of one notebook, which comes as a chunk of its own after the cells are on the screen. Until then,
 * what is typed goes straight into the cell's text; the editor takes it over, with the caret, when it is there.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { EditorCommand, EditorHost, LiveEditor, ShowOptions } from "../editor/liveEditor";
import type { Found } from "../editor/staticCode";
import { type EditedText, lineStart, withKey } from "./earlyText";
import type { CellId } from "./model";
import type { Caret, Selection } from "./selection";

/** A press of the mouse on static code, to be done again in the live editor that takes its place. */
interface Press {
  readonly cell: CellId;
  readonly event: MouseEvent;
  /** The caret's place by it, where the browser tells and there is no editor to find it. */
  readonly offset: number | null;
}

/** What was typed into a cell without the editor. */
interface Early {
  readonly cell: CellId;
  /** Which beginning of its editing that was. */
  readonly entered: number;
  readonly before: string;
  readonly text: EditedText;
}

export class EditorHolder {
  readonly #host: EditorHost;
  readonly #live = signal<LiveEditor | null>(null);
  /** The text that the editor has for each cell that it has shown. */
  readonly #sources = new Map<CellId, string>();
  #loading: Promise<void> | null = null;
  #press: Press | null = null;
  #early: Early | null = null;

  /** The place of the caret, from 1; null while no cell has the editor. */
  readonly cursor: ReadonlySignal<{ readonly line: number; readonly column: number } | null>;
  readonly isReady: ReadonlySignal<boolean>;

  constructor(host: EditorHost) {
    this.#host = {
      ...host,
      changed: (cell, source) => {
        this.#sources.set(cell, source);
        host.changed(cell, source);
      },
    };
    this.cursor = computed(() => this.#live.value?.cursor.value ?? null);
    this.isReady = computed(() => this.#live.value !== null);
  }

  /** Fetches the chunk; one that did not come is asked for again the next time. */
  load(): Promise<void> {
    this.#loading ??= import("../editor/liveEditor").then(
      ({ LiveEditor }) => void (this.#live.value = new LiveEditor(this.#host)),
      () => void (this.#loading = null),
    );
    return this.#loading;
  }

  show(cell: CellId, parent: HTMLElement, source: string, language: string, options: ShowOptions = {}): void {
    this.#sources.set(cell, source);
    this.#live.peek()?.show(cell, parent, source, language, options);
  }

  /** Takes the editor out of a cell, if it is there. */
  hide(cell: CellId): void {
    const live = this.#live.peek();
    if (live?.cellId === cell) live.hide();
  }

  /** Focuses the editor; what was typed, or pressed after that, on its way sets the caret, else `caret` does. */
  focus(cell: CellId, parent: HTMLElement, caret: Caret): void {
    const live = this.#live.peek();
    if (live?.cellId !== cell) return;
    const press = this.#press?.cell === cell ? this.#press.event : null;
    const early = this.#early?.cell === cell ? this.#early : null;
    this.#press = this.#early = null;
    live.focus(press === null && early === null ? caret : "keep");
    if (early !== null) live.takeOver(early.before, early.text);
    if (press !== null) repeatPress(press, parent);
  }

  /** A key for the text of a cell while the editor is on its way to it; tells whether it was one. */
  typedEarly(cell: CellId, event: KeyboardEvent, source: string, selection: Selection): boolean {
    const early = this.#earlyIn(cell, source, selection);
    const text = withKey(early.text, event);
    if (text === null) return false;
    this.#early = { ...early, text };
    this.#press = null; // the caret is there, and typing goes on from it
    if (text.source !== source) this.#host.changed(cell, text.source);
    return true;
  }

  /** Where typing goes on, or begins: after a press, when the cell is entered anew, or when others have changed it. */
  #earlyIn(cell: CellId, source: string, selection: Selection): Early {
    const [entered, caret] = [selection.entered.peek(), selection.caret.peek()];
    const pressed = this.#press?.cell === cell ? this.#press.offset : null;
    const early = this.#early;
    const goesOn = early?.cell === cell && (early.entered === entered || caret === "keep");
    const isSame = goesOn && early.text.source === source;
    if (isSame && pressed === null) return early;
    const place = pressed ?? (goesOn ? early.text.head : placeOf(caret, source));
    return { cell, entered, before: isSame ? early.before : source, text: caretIn(source, place) };
  }

  /** Remembers where the mouse was pressed on the static code of a cell. */
  pressed(cell: CellId, event: MouseEvent): void {
    this.#press = { cell, event, offset: this.#live.peek() === null ? offsetAt(event) : null };
  }

  /** The text was changed by something else than typing here; `overwritten`: what was typed there is gone by it. */
  follow(sourceOf: (cell: CellId) => string | undefined, overwritten: ReadonlySet<CellId>): void {
    for (const [cell, source] of this.#sources) {
      const now = sourceOf(cell);
      if (now === undefined || now === source) continue;
      this.#sources.set(cell, now);
      this.#live.peek()?.setSource(cell, now, overwritten.has(cell));
    }
  }

  /** The caret to a line of a cell that is about to be edited, from 1. */
  goToLine(cell: CellId, line: number): void {
    void this.load().then(() => requestAnimationFrame(() => this.#live.peek()?.goToLine(cell, line)));
  }

  /** Marks what was found in a cell that has the editor. */
  mark(cell: CellId, found: readonly Found[]): void {
    this.#live.peek()?.mark(cell, found);
  }

  get selectedText(): string {
    return this.#live.peek()?.selectedText ?? "";
  }

  forget(cell: CellId): void {
    this.#sources.delete(cell);
    this.#live.peek()?.forget(cell);
  }

  /** Text at the caret of a cell, as if it were typed now; nothing when the editor has gone elsewhere. */
  insert(cell: CellId, text: string): void {
    const live = this.#live.peek();
    if (live?.cellId === cell) live.insert(text);
  }

  command(name: EditorCommand): void {
    this.#live.peek()?.command(name);
  }

  destroy(): void {
    this.#live.peek()?.destroy();
    this.#live.value = null;
  }
}

function placeOf(caret: Caret, source: string): number {
  if (typeof caret === "number") return lineStart(source, caret);
  return caret === "end" ? source.length : 0;
}

function caretIn(source: string, place: number): EditedText {
  const head = Math.min(place, source.length);
  return { source, anchor: head, head };
}

/** Where in static code a press was, in UTF-16 units. */
function offsetAt({ currentTarget, clientX, clientY }: MouseEvent): number | null {
  const place = (document as Partial<Document>).caretPositionFromPoint?.(clientX, clientY);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- WebKit has no other
  const point = place == null ? (document as Partial<Document>).caretRangeFromPoint?.(clientX, clientY) : null;
  const node = place?.offsetNode ?? point?.startContainer;
  if (node === undefined || !(currentTarget instanceof Element) || !currentTarget.contains(node)) return null;
  const range = document.createRange();
  range.setStart(currentTarget, 0);
  range.setEnd(node, place?.offset ?? point?.startOffset ?? 0);
  return range.toString().length;
}

/** The editor handles presses itself, so one that is made by hand selects as a real one, dragging included. */
function repeatPress(press: MouseEvent, parent: HTMLElement): void {
  const content = parent.querySelector(".cm-content");
  if (content === null) return;
  const { clientX, clientY, button, buttons, detail, shiftKey } = press;
  const init = { bubbles: true, cancelable: true, view: window, clientX, clientY, button, buttons, detail, shiftKey };
  content.dispatchEvent(new MouseEvent("mousedown", init));
}
