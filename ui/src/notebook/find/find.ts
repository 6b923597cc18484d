/**
 * Find and replace of one notebook, as the page knows it before anything is looked for: what looks, and the bar, are
 * loaded when they are wanted for the first time.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { CellId } from "../model";
import type { Change } from "../cellActions";
import type { OpenNotebook } from "../openNotebook";
import type { FindStore } from "./findStore";
import type { Mark, Match } from "./search";

const NO_MARKS: readonly Mark[] = [];

export class Find {
  readonly #notebook: OpenNotebook;
  readonly #store = signal<FindStore | null>(null);
  #isClosed = false;

  constructor(notebook: OpenNotebook) {
    this.#notebook = notebook;
  }

  /** What looks; null until it was wanted. */
  get store(): ReadonlySignal<FindStore | null> {
    return this.#store;
  }

  /** Opens the bar; `text` is what is selected, to be looked for. */
  async open(fields: "find" | "replace", text = ""): Promise<void> {
    const [{ FindStore }, { showMatch }] = await Promise.all([import("./findStore"), import("./showMatch")]);
    const notebook = this.#notebook;
    const show = (match: Match): void => showMatch(notebook, match);
    const change = (made: Change): void => notebook.change(made);
    if (!this.#isClosed)
      (this.#store.value ??= new FindStore({ store: notebook.store, change, show })).open(fields, text);
  }

  /** What is to be marked in the source of a cell. Reads signals. */
  marksOf(cell: CellId): readonly Mark[] {
    return this.#store.value?.marksOf(cell) ?? NO_MARKS;
  }

  destroy(): void {
    this.#isClosed = true;
    this.#store.peek()?.destroy();
  }
}
