/**
 * The caret blinks while somebody may be looking for it: from the last key, press or focus on for as long as GTK lets
 * its own blink. Then it stays, and nothing runs any more. A style animation would ask for sixty frames a second to
 * change two, for as long as the editor has the focus. Part of the editor's chunk.
 */
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const HALF = 600; // milliseconds that the caret is there, and is not
const TURNS = 16; // it is left visible after the last: 9.6 seconds
const OFF = "caret-off"; // codeEditor.css

class CaretBlink {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #left = 0;

  constructor(view: EditorView) {
    this.#view = view;
    this.#begin();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged || update.selectionSet || update.focusChanged) this.#begin();
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#show(true);
    this.#left = TURNS;
    if (this.#view.hasFocus) this.#wait();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#left -= 1;
      this.#show(this.#left % 2 === 0);
      if (this.#left > 0) this.#wait();
    }, HALF);
  }

  #show(visible: boolean): void {
    this.#view.scrollDOM.classList.toggle(OFF, !visible);
  }
}

export const caretBlink = ViewPlugin.fromClass(CaretBlink);
