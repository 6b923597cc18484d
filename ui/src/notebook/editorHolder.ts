/**
 * The live editor of one notebook, which comes as a chunk of its own after the cells are on the screen. Until then,
 * whoever wants it waits: the cell that is to be edited gets it when it is there.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { EditorCommand, EditorHost, LiveEditor, ShowOptions } from "../editor/liveEditor";
import type { Found } from "../editor/staticCode";
import { EarlyKeys } from "./earlyKeys";
import type { CellId } from "./model";
import type { Caret } from "./selection";

/** A press of the mouse on static code, to be done again in the live editor that takes its place. */
interface Press {
  readonly cell: CellId;
  readonly event: MouseEvent;
}

export class EditorHolder {
  readonly #host: EditorHost;
  readonly #live = signal<LiveEditor | null>(null);
  /** The text that the editor has for each cell that it has shown. */
  readonly #sources = new Map<CellId, string>();
  #loading: Promise<void> | null = null;
  #press: Press | null = null;
  readonly #early = new EarlyKeys();

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

  /** Focuses the editor; a press that began the editing sets the caret, else `caret` does. */
  focus(cell: CellId, parent: HTMLElement, caret: Caret): void {
    const live = this.#live.peek();
    if (live?.cellId !== cell) return;
    const press = this.#press?.cell === cell ? this.#press.event : null;
    this.#press = null;
    live.focus(press === null ? caret : "keep");
    if (press !== null) repeatPress(press, parent);
    for (const stroke of this.#early.take(cell)) {
      if (typeof stroke === "string") live.insert(stroke);
      else live.press(stroke);
    }
  }

  /** Remembers a key for a cell while the editor is on its way to it; tells whether it did. */
  pressedEarly(cell: CellId, event: KeyboardEvent): boolean {
    return this.#early.hear(cell, event);
  }

  /** Remembers where the mouse was pressed on the static code of a cell. */
  pressed(cell: CellId, event: MouseEvent): void {
    this.#press = { cell, event };
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

/** The editor handles presses itself, so one that is made by hand selects as a real one, dragging included. */
function repeatPress(press: MouseEvent, parent: HTMLElement): void {
  const content = parent.querySelector(".cm-content");
  if (content === null) return;
  const { clientX, clientY, button, buttons, detail, shiftKey } = press;
  const init = { bubbles: true, cancelable: true, view: window, clientX, clientY, button, buttons, detail, shiftKey };
  content.dispatchEvent(new MouseEvent("mousedown", init));
}
