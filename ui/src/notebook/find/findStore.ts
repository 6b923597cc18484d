/**
 * Find and replace in one notebook: what is looked for, what was found, which of it is meant. Works on the model; the
 * page follows by `marks` and `show`. While nothing is looked for it costs nothing; while the bar is open, a change of
 * the notebook is followed a moment later, so that no key waits for it.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Change } from "../cellActions";
import type { Edit } from "../edits";
import type { CellId } from "../model";
import type { NotebookStore } from "../notebookStore";
import { NO_QUERY, type Pattern, patternOf, type Query, replaced } from "./query";
import { type Mark, marksOf, type Match, Searcher } from "./search";

const LATER = 120; // milliseconds after a change of the notebook
const NO_MARKS: readonly Mark[] = [];

export interface FindHost {
  readonly store: NotebookStore;
  /** Does something to cells, to be undone in one step. */
  change(change: Change): void;
  /** Brings what was found into view; the focus stays where it is. */
  show(match: Match): void;
}

export class FindStore {
  readonly #host: FindHost;
  readonly #shown = signal<"find" | "replace" | null>(null);
  readonly #query = signal<Query>(NO_QUERY);
  readonly #outputs = signal(true);
  readonly #within = signal<ReadonlySet<CellId> | null>(null);
  readonly #matches = signal<readonly Match[]>([]);
  readonly #current = signal<Match | null>(null);
  readonly #asked = signal(0);
  readonly #searcher: ReadonlySignal<Searcher | null>;
  readonly #marks: ReadonlySignal<ReadonlyMap<CellId, readonly Mark[]>>;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begin: CellId | null = null;

  readonly pattern: ReadonlySignal<Pattern>;

  constructor(host: FindHost) {
    this.#host = host;
    this.pattern = computed(() => patternOf(this.#query.value));
    this.#searcher = computed(() => {
      const pattern = this.pattern.value;
      return pattern.at === "ready" ? new Searcher(pattern.regex, this.#outputs.value) : null;
    });
    this.#marks = computed(() => marksOf(this.#matches.value, this.#current.value));
    this.#stop = effect(() => {
      if (this.#shown.value === null || host.store.shown.value.cells.length === 0) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#refresh(), LATER);
    });
  }

  /** Whether the bar is open, and with which fields. */
  get shown(): ReadonlySignal<"find" | "replace" | null> {
    return this.#shown;
  }
  get query(): ReadonlySignal<Query> {
    return this.#query;
  }
  get outputs(): ReadonlySignal<boolean> {
    return this.#outputs;
  }
  /** The cells that alone are searched; null: all. */
  get within(): ReadonlySignal<ReadonlySet<CellId> | null> {
    return this.#within;
  }
  get matches(): ReadonlySignal<readonly Match[]> {
    return this.#matches;
  }
  get current(): ReadonlySignal<Match | null> {
    return this.#current;
  }
  /** Counts how often the bar was asked for: it takes the focus again. */
  get asked(): ReadonlySignal<number> {
    return this.#asked;
  }

  /** What is to be marked in the source of a cell. Reads signals. */
  marksOf(cell: CellId): readonly Mark[] {
    return this.#marks.value.get(cell) ?? NO_MARKS;
  }

  /** Opens the bar; `text` is what is selected, to be looked for. Several selected cells are where it looks. */
  open(fields: "find" | "replace", text = ""): void {
    const { selection } = this.#host.store;
    const selected = selection.selected.peek();
    if (this.#shown.peek() === null) {
      this.#begin = selection.active.peek();
      this.#within.value = selected.length > 1 ? new Set(selected) : null;
    }
    this.#shown.value = fields;
    this.#asked.value += 1;
    if (text !== "") this.#query.value = { ...this.#query.peek(), text };
    this.#lookAnew();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#shown.value = null;
    this.#matches.value = [];
    this.#current.value = null;
  }

  look(change: Partial<Query>): void {
    this.#query.value = { ...this.#query.peek(), ...change };
    this.#lookAnew();
  }

  setOutputs(on: boolean): void {
    this.#outputs.value = on;
    this.#lookAnew();
  }

  /** Only in the cells that are selected now, or again everywhere. */
  setWithinSelection(on: boolean): void {
    this.#within.value = on ? new Set(this.#host.store.selection.selected.peek()) : null;
    this.#lookAnew();
  }

  step(by: 1 | -1): void {
    this.#refresh();
    const matches = this.#matches.peek();
    const current = this.#current.peek();
    const at = current === null ? (by === 1 ? this.#fromHere() - 1 : this.#fromHere()) : matches.indexOf(current);
    const next = matches[(at + by + matches.length) % Math.max(1, matches.length)];
    this.#go(next ?? null);
  }

  /** Replaces what is meant and goes on; what is meant in an output is passed over. */
  replace(by: string): void {
    this.#refresh();
    const match = this.#current.peek();
    if (match?.output !== null) return this.step(1);
    const edit = this.#edit([match], by);
    if (edit === null) return;
    const grown = edit.source.length - (this.#host.store.cell(match.cell)?.peek().source.length ?? 0);
    this.#host.change({ edits: [edit] });
    this.#refresh();
    const end = match.to + grown;
    const matches = this.#matches.peek();
    const places = this.#host.store.places.peek();
    const here = places.get(match.cell) ?? 0;
    const next = matches.find((one) => {
      const place = places.get(one.cell) ?? 0;
      return place > here || (place === here && (one.output !== null || one.from >= Math.max(end, match.from)));
    });
    this.#go(next ?? matches[0] ?? null);
  }

  /** All of it, in one step of undo. Returns in how many places, in how many cells. */
  replaceAll(by: string): { readonly places: number; readonly cells: number } {
    this.#refresh();
    const inSources = this.#matches.peek().filter((match) => match.output === null);
    const byCell = new Map<CellId, Match[]>();
    for (const match of inSources) byCell.set(match.cell, [...(byCell.get(match.cell) ?? []), match]);
    const edits = [...byCell.values()].map((matches) => this.#edit(matches, by)).filter((edit) => edit !== null);
    if (edits.length > 0) this.#host.change({ edits });
    this.#refresh();
    return { places: edits.length === 0 ? 0 : inSources.length, cells: edits.length };
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #edit(matches: readonly Match[], by: string): Extract<Edit, { op: "set_source" }> | null {
    const pattern = this.pattern.peek();
    const id = matches[0]?.cell;
    const cell = id === undefined ? undefined : this.#host.store.cell(id)?.peek();
    if (pattern.at !== "ready" || cell === undefined) return null;
    return { op: "set_source", cell: cell.id, source: replaced(cell.source, matches, pattern, by) };
  }

  /** Something else is looked for: what is meant is the first place from where it was begun. */
  #lookAnew(): void {
    if (this.#shown.peek() === null) return;
    this.#current.value = null;
    this.#refresh();
    this.#go(this.#matches.peek()[this.#fromHere()] ?? this.#matches.peek()[0] ?? null);
  }

  /** The place of the first match in the cell where it was begun, or below. */
  #fromHere(): number {
    const places = this.#host.store.places.peek();
    const begin = places.get(this.#begin ?? "") ?? 0;
    return this.#matches.peek().findIndex((match) => (places.get(match.cell) ?? 0) >= begin);
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    const before = this.#current.peek();
    const matches =
      untracked(() => this.#searcher.value)?.matches(this.#host.store.notebook, this.#within.peek()) ?? [];
    this.#matches.value = matches;
    if (before === null) return;
    const there = matches.filter((match) => match.cell === before.cell && match.output === before.output);
    this.#current.value = there.find((match) => match.from >= before.from) ?? there.at(-1) ?? null;
  }

  #go(match: Match | null): void {
    this.#current.value = match;
    if (match !== null) this.#host.show(match);
  }
}
