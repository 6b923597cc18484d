/**
 * What the runs of this session say about the cells beyond their own outputs: which ones were passed over after an
 * error, which were run before a cell above them, and which has failed last. Fed with what the server says.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Finished } from "./documentMessages";
import type { CellId } from "./model";

export class RunHistory {
  /** The turn in which each cell ran last. */
  readonly #turns = signal<ReadonlyMap<CellId, number>>(new Map());
  readonly #skipped = signal<ReadonlySet<CellId>>(new Set());
  readonly #lastFailed = signal<CellId | null>(null);
  #turn = 0;

  /** Cells above which another one has run since: their outputs may rest on what is no longer so. */
  readonly outOfOrder: ReadonlySignal<ReadonlySet<CellId>>;

  constructor(order: ReadonlySignal<readonly CellId[]>) {
    this.outOfOrder = computed(() => {
      const turns = this.#turns.value;
      const found = new Set<CellId>();
      let latest = 0;
      for (const id of turns.size === 0 ? [] : order.value) {
        const turn = turns.get(id);
        if (turn === undefined) continue;
        if (turn < latest) found.add(id);
        latest = Math.max(latest, turn);
      }
      return found;
    });
  }

  /** Cells that were to run and did not, because one before them failed. */
  get skipped(): ReadonlySignal<ReadonlySet<CellId>> {
    return this.#skipped;
  }
  get lastFailed(): ReadonlySignal<CellId | null> {
    return this.#lastFailed;
  }

  finished({ cell, status }: Finished): void {
    if (status === "unknown") return;
    const isSkipped = status === "skipped" || status === "aborted";
    if (isSkipped !== this.#skipped.peek().has(cell)) {
      const skipped = new Set(this.#skipped.peek());
      if (isSkipped) skipped.add(cell);
      else skipped.delete(cell);
      this.#skipped.value = skipped;
    }
    if (isSkipped) return;
    this.#turns.value = new Map(this.#turns.peek()).set(cell, ++this.#turn);
    if (status === "error") this.#lastFailed.value = cell;
  }
}
