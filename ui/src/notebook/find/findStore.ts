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
import { Looker, type Looking, type StartThread, startWorker } from "./lookThread";
import { type Hit, hitsIn, NO_QUERY, type Pattern, patternOf, type Query, replaced } from "./query";
import { type Mark, marksOf, type Match, MOST_HITS, RegexSearcher, type Search, Searcher } from "./search";

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
  readonly #search = signal<Search | null>(null);
  readonly #marks: ReadonlySignal<ReadonlyMap<CellId, readonly Mark[]>>;
  readonly #looked = signal(0);
  readonly #startThread: StartThread;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begin: CellId | null = null;
  #then: (() => void) | null = null;

  readonly pattern: ReadonlySignal<Pattern>;

  constructor(host: FindHost, startThread: StartThread = startWorker) {
    this.#host = host;
    this.#startThread = startThread;
    this.pattern = computed(() => patternOf(this.#query.value));
    this.#marks = computed(() => marksOf(this.#matches.value, this.#current.value));
    this.#stop = effect(() => {
      if (this.#shown.value === null || host.store.shown.value.cells.length === 0) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#refreshed(this.#then), LATER);
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
  /** How far a regular expression is, which another thread looks for. */
  get looking(): Looking {
    return this.#looker()?.looking.value ?? { at: "idle" };
  }
  /** Counts how often it has come to its end. */
  get looked(): ReadonlySignal<number> {
    return this.#looked;
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
    this.#leave();
    this.#shown.value = null;
    this.#matches.value = [];
    this.#current.value = null;
  }

  /** Ends what another thread looks for. */
  cancel(): void {
    this.#looker()?.cancel();
  }

  /** Where the pattern stands in a text that is shown; null where it is not looked for any more. */
  async hitsOf(text: string, most: number): Promise<readonly Hit[] | null> {
    const pattern = this.pattern.peek();
    if (pattern.at !== "ready") return null;
    return pattern.isRegex ? ((await this.#looker()?.ask(text)) ?? null) : hitsIn(text, pattern.regex, most);
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
    this.#refreshed(() => this.#step(by));
  }

  #step(by: 1 | -1): void {
    const matches = this.#matches.peek();
    const current = this.#current.peek();
    const at = current === null ? (by === 1 ? this.#fromHere() - 1 : this.#fromHere()) : matches.indexOf(current);
    const next = matches[(at + by + matches.length) % Math.max(1, matches.length)];
    this.#go(next ?? null);
  }

  /** Replaces what is meant and goes on; what is meant in an output is passed over. */
  replace(by: string): void {
    this.#refreshed(() => this.#replace(by));
  }

  #replace(by: string): void {
    const match = this.#current.peek();
    if (match?.output !== null) return this.#step(1);
    const edit = this.#edit([match], by);
    if (edit === null) return;
    const grown = edit.source.length - (this.#host.store.cell(match.cell)?.peek().source.length ?? 0);
    this.#host.change({ edits: [edit] });
    this.#refreshed(() => this.#goBehind(match, match.to + grown));
  }

  /** To the next place behind one that was replaced. */
  #goBehind(match: Match, end: number): void {
    const matches = this.#matches.peek();
    const places = this.#host.store.places.peek();
    const here = places.get(match.cell) ?? 0;
    const next = matches.find((one) => {
      const place = places.get(one.cell) ?? 0;
      return place > here || (place === here && (one.output !== null || one.from >= Math.max(end, match.from)));
    });
    this.#go(next ?? matches[0] ?? null);
  }

  /** All of it, in one step of undo. `done` is told in how many places, in how many cells. */
  replaceAll(by: string, done: (places: number, cells: number) => void): void {
    this.#refreshed(() => this.#replaceAll(by, done));
  }

  #replaceAll(by: string, done: (places: number, cells: number) => void): void {
    const inSources = this.#matches.peek().filter((match) => match.output === null);
    const byCell = new Map<CellId, Match[]>();
    for (const match of inSources) byCell.set(match.cell, [...(byCell.get(match.cell) ?? []), match]);
    const edits = [...byCell.values()].map((matches) => this.#edit(matches, by)).filter((edit) => edit !== null);
    if (edits.length > 0) this.#host.change({ edits });
    this.#refresh();
    done(edits.length === 0 ? 0 : inSources.length, edits.length);
  }

  destroy(): void {
    this.#leave();
    this.#stop();
  }

  #edit(matches: readonly Match[], by: string): Extract<Edit, { op: "set_source" }> | null {
    const pattern = this.pattern.peek();
    const id = matches[0]?.cell;
    const cell = id === undefined ? undefined : this.#host.store.cell(id)?.peek();
    if (pattern.at !== "ready" || cell === undefined) return null;
    return { op: "set_source", cell: cell.id, source: replaced(cell.source, matches, pattern.isRegex, by) };
  }

  /** Something else is looked for: what is meant is the first place from where it was begun. */
  #lookAnew(): void {
    if (this.#shown.peek() === null) return;
    this.#leave();
    this.#current.value = null;
    this.#search.value = this.#newSearch();
    this.#refreshed(() => this.#go(this.#matches.peek()[this.#fromHere()] ?? this.#matches.peek()[0] ?? null));
  }

  #newSearch(): Search | null {
    const pattern = this.pattern.peek();
    if (pattern.at !== "ready") return null;
    if (!pattern.isRegex) return new Searcher(pattern.regex, this.#outputs.peek());
    const looker = new Looker(pattern.regex, MOST_HITS, this.#startThread);
    return new RegexSearcher(looker, this.#outputs.peek(), () => this.#refreshed(this.#then));
  }

  #looker(): Looker | null {
    const search = this.#search.value;
    return search instanceof RegexSearcher ? search.looker : null;
  }

  /** What is looked for now is not wanted any more. */
  #leave(): void {
    clearTimeout(this.#timer);
    this.#then = null;
    untracked(() => this.#looker())?.cancel();
  }

  /** Does something with what there is to be found now: at once, or when another thread has found it. */
  #refreshed(then: (() => void) | null): void {
    this.#then = null;
    if (this.#refresh()) then?.();
    else this.#then = then;
  }

  /** The place of the first match in the cell where it was begun, or below. */
  #fromHere(): number {
    const places = this.#host.store.places.peek();
    const begin = places.get(this.#begin ?? "") ?? 0;
    return this.#matches.peek().findIndex((match) => (places.get(match.cell) ?? 0) >= begin);
  }

  /** Whether it is known what there is to be found. */
  #refresh(): boolean {
    clearTimeout(this.#timer);
    const before = this.#current.peek();
    const search = this.#search.peek();
    const matches = search === null ? [] : search.matches(this.#host.store.notebook, this.#within.peek());
    if (matches === null) return false;
    this.#matches.value = matches;
    if (search instanceof RegexSearcher) this.#looked.value += 1;
    if (before === null) return true;
    const there = matches.filter((match) => match.cell === before.cell && match.output === before.output);
    this.#current.value = there.find((match) => match.from >= before.from) ?? there.at(-1) ?? null;
    return true;
  }

  #go(match: Match | null): void {
    this.#current.value = match;
    if (match !== null) this.#host.show(match);
  }
}
