/**
 * The sections of one notebook as signals, and what folds them. Typing in code changes none of these signals: after a
 * key the cells are compared by identity, and only Markdown that has changed is read again.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { type Edit } from "../edits";
import type { CellId, Notebook } from "../model";
import type { NotebookStore } from "../notebookStore";
import { type Folds, folding, foldsOf, headingAbove, headingsOf, isOtherHeading, levelOf, sectionAt } from "./sections";

export interface OutlineEntry {
  readonly cell: CellId;
  readonly level: number;
  readonly text: string;
  /** Which of the headings of its cell, from 0. */
  readonly nth: number;
  /** Of a code cell, not a heading. */
  readonly isCode?: boolean;
}

export class SectionsStore {
  readonly #store: NotebookStore;
  readonly #edit: (edits: readonly Edit[]) => void;
  readonly #structure = signal(0);
  readonly #stops: readonly (() => void)[];

  readonly folds: ReadonlySignal<Folds>;
  readonly outline: ReadonlySignal<readonly OutlineEntry[]>;

  /** `edit` changes the notebook without being a step of undo: to fold is to look, not to write. */
  constructor(store: NotebookStore, edit: (edits: readonly Edit[]) => void) {
    this.#store = store;
    this.#edit = edit;
    this.folds = computed(() => (this.#structure.value, foldsOf(store.notebook)));
    this.outline = computed(() => (this.#structure.value, outlineOf(store.notebook)));
    let before: Notebook = store.notebook;
    let active: CellId | null = null;
    this.#stops = [
      effect(() => {
        const now = store.shown.value;
        if (isOtherStructure(before, now)) untracked(() => (this.#structure.value += 1));
        before = now;
      }),
      effect(() => {
        const now = store.selection.active.value;
        const owner = this.folds.value.hidden.get(now ?? "");
        const isNew = now !== active;
        active = now;
        if (owner !== undefined && now !== null) untracked(() => this.#outOfHiding(now, owner, isNew));
      }),
    ];
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  /** Folds or unfolds a heading. What was selected in it gives the selection to the heading. */
  fold(id: CellId, fold: boolean): void {
    const cell = this.#store.cell(id)?.peek();
    if (cell === undefined) return;
    const { selection } = this.#store;
    this.#edit(folding([cell], fold));
    if (fold && this.folds.peek().hidden.has(selection.active.peek() ?? "")) selection.select(id);
  }

  foldAll(fold: boolean): void {
    this.#edit(folding(this.#store.notebook.cells, fold));
  }

  isHidden(id: CellId): boolean {
    return this.folds.value.hidden.has(id);
  }

  /** The next cell that is shown in a direction; undefined at the end. */
  beside(place: number, step: number): CellId | undefined {
    const order = this.#store.order.peek();
    const { hidden } = this.folds.peek();
    let at = place + step;
    while (at >= 0 && hidden.has(order[at] ?? "")) at += Math.sign(step) || 1;
    return at < 0 ? undefined : order[at];
  }

  /** These cells, and what the folded headings among them hide. */
  whole(ids: readonly CellId[]): readonly CellId[] {
    const { hidden, counts } = this.folds.peek();
    if (!ids.some((id) => counts.has(id))) return ids;
    const chosen = new Set(ids);
    return this.#store.order.peek().filter((id) => chosen.has(id) || chosen.has(hidden.get(id) ?? ""));
  }

  /** The section that a cell begins or stands in. */
  section(place: number): readonly CellId[] {
    const { notebook } = this.#store;
    const cell = notebook.cells[place];
    const begin = cell !== undefined && levelOf(cell) !== null ? place : headingAbove(notebook, place);
    const { from, to } = begin < 0 ? { from: 0, to: firstHeading(notebook) } : sectionAt(notebook, begin);
    return notebook.cells.slice(from, to).map((one) => one.id);
  }

  /** The place of the next heading in a direction; -1: there is none. */
  nextHeading(place: number, step: 1 | -1): number {
    const { cells } = this.#store.notebook;
    for (let at = place + step; at >= 0 && at < cells.length; at += step) {
      const cell = cells[at];
      if (cell !== undefined && levelOf(cell) !== null) return at;
    }
    return -1;
  }

  headingAbove(place: number): CellId | undefined {
    return this.#store.order.peek()[headingAbove(this.#store.notebook, place)];
  }

  /** The active cell is hidden: who went there sees it, who had it folded by others goes to the heading. */
  #outOfHiding(active: CellId, owner: CellId, wentThere: boolean): void {
    if (!wentThere) return this.#store.selection.select(owner);
    let fold: CellId | undefined = owner;
    while (fold !== undefined) {
      const cell = this.#store.cell(fold)?.peek();
      const edits: readonly Edit[] = cell === undefined ? [] : folding([cell], false);
      if (edits.length === 0) return;
      this.#edit(edits);
      fold = this.folds.peek().hidden.get(active);
    }
  }
}

function firstHeading(notebook: Notebook): number {
  const at = notebook.cells.findIndex((cell) => levelOf(cell) !== null);
  return at < 0 ? notebook.cells.length : at;
}

function isOtherStructure(before: Notebook, after: Notebook): boolean {
  if (before === after) return false;
  if (before.cells.length !== after.cells.length) return true;
  return after.cells.some((cell, at) => {
    const was = before.cells[at];
    return was !== cell && (was?.id !== cell.id || isOtherHeading(was, cell));
  });
}

function outlineOf(notebook: Notebook): readonly OutlineEntry[] {
  return notebook.cells.flatMap((cell) =>
    headingsOf(cell).map(({ level, text }, nth) => ({ cell: cell.id, level, text: plain(text), nth })),
  );
}

/** A heading's text without the marks of Markdown. */
function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]|(?<!\w)_|_(?!\w)/g, "")
    .trim();
}
