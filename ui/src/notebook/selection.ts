/**
 * Which cells are selected, which one is active, and whether its text is being edited. The selection is the range from
 * the anchor to the active cell; edit mode has one cell. Whatever happens to the cells, one stays active.
 */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { CellId } from "./model";

export type Mode = "command" | "edit";
/** Where the caret goes when a cell begins to be edited; a number is a line, from 1. */
export type Caret = "start" | "end" | "keep" | number;

export class Selection {
  readonly #order: ReadonlySignal<readonly CellId[]>;
  readonly #active = signal<CellId | null>(null);
  readonly #anchor = signal<CellId | null>(null);
  readonly #mode = signal<Mode>("command");
  readonly #caret = signal<Caret>("keep");
  readonly #entered = signal(0);

  /** In the order of the notebook. */
  readonly selected: ReadonlySignal<readonly CellId[]>;
  readonly #set: ReadonlySignal<ReadonlySet<CellId>>;

  constructor(order: ReadonlySignal<readonly CellId[]>) {
    this.#order = order;
    this.selected = computed(() => this.#range());
    this.#set = computed(() => new Set(this.selected.value));
  }

  get active(): ReadonlySignal<CellId | null> {
    return this.#active;
  }
  get mode(): ReadonlySignal<Mode> {
    return this.#mode;
  }
  /** Where the caret was to go when edit mode began. */
  get caret(): ReadonlySignal<Caret> {
    return this.#caret;
  }

  /** Counts how often editing was begun: a cell that is already being edited may be asked to take the caret again. */
  get entered(): ReadonlySignal<number> {
    return this.#entered;
  }

  isSelected(id: CellId): boolean {
    return this.#set.value.has(id);
  }

  /** The place of the active cell; -1 in an empty notebook. */
  get index(): number {
    const active = this.#active.peek();
    return active === null ? -1 : this.#order.peek().indexOf(active);
  }

  /** One cell, in command mode. */
  select(id: CellId): void {
    this.#put(id, id, "command");
  }

  /** From the anchor to this cell. */
  extendTo(id: CellId): void {
    this.#put(id, this.#anchor.peek() ?? id, "command");
  }

  selectAll(): void {
    const order = this.#order.peek();
    const [first, last] = [order[0], order.at(-1)];
    if (first !== undefined && last !== undefined) this.#put(last, first, "command");
  }

  /** Several cells beside each other. */
  selectRange(first: CellId, last: CellId): void {
    this.#put(last, first, "command");
  }

  /** Only the active cell. */
  collapse(): void {
    this.#anchor.value = this.#active.peek();
  }

  edit(id: CellId, caret: Caret = "keep"): void {
    batch(() => {
      this.#caret.value = caret;
      this.#entered.value += 1;
      this.#put(id, id, "edit");
    });
  }

  command(): void {
    this.#mode.value = "command";
  }

  /** After the order has changed from `before`: what has gone gives its place to the next cell that is left. */
  keepWithin(before: readonly CellId[]): void {
    const order = this.#order.peek();
    const kept = new Set(order);
    const active = this.#active.peek();
    if (active !== null && kept.has(active)) {
      if (!kept.has(this.#anchor.peek() ?? active)) this.collapse();
      return;
    }
    const from = active === null ? 0 : Math.max(0, before.indexOf(active));
    const next = before.slice(from).find((id) => kept.has(id)) ?? order.at(active === null ? 0 : -1) ?? null;
    batch(() => {
      this.#active.value = this.#anchor.value = next;
      this.#mode.value = "command";
    });
  }

  #put(active: CellId, anchor: CellId, mode: Mode): void {
    batch(() => {
      this.#active.value = active;
      this.#anchor.value = anchor;
      this.#mode.value = mode;
    });
  }

  #range(): readonly CellId[] {
    const active = this.#active.value;
    const anchor = this.#anchor.value ?? active;
    const order = this.#order.value;
    if (active === null) return [];
    if (anchor === active) return [active];
    const ends = [order.indexOf(active), order.indexOf(anchor ?? active)].sort((one, other) => one - other);
    return order.slice(ends[0], (ends[1] ?? 0) + 1);
  }
}
