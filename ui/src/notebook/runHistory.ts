/**
 * What the runs of this session say about the cells beyond their own outputs: which ones were passed over after an
 * error, which were run before a cell above them or by a kernel that is no more, and which has failed last. Fed with
 * what the server says.
 */
import { computed, effect, type ReadonlySignal, signal, type Signal, untracked } from "@preact/signals";
import type { Finished, KernelStatus } from "./documentMessages";
import type { CellId } from "./model";

export class RunHistory {
  /** The turn in which each cell ran last. */
  readonly #turns = signal<ReadonlyMap<CellId, number>>(new Map());
  readonly #old = signal<ReadonlySet<CellId>>(new Set());
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
  /** Cells that a kernel has run which is no more: what they defined is gone. */
  get old(): ReadonlySignal<ReadonlySet<CellId>> {
    return this.#old;
  }
  get lastFailed(): ReadonlySignal<CellId | null> {
    return this.#lastFailed;
  }

  finished({ cell, status }: Finished): void {
    if (status === "unknown") return;
    const isSkipped = status === "skipped" || status === "aborted";
    put(this.#skipped, cell, isSkipped);
    if (isSkipped) return;
    put(this.#old, cell, false);
    this.#turns.value = new Map(this.#turns.peek()).set(cell, ++this.#turn);
    if (status === "error") this.#lastFailed.value = cell;
  }

  /** The kernel has died, was restarted or is another one. */
  kernelGone(): void {
    if (this.#turns.peek().size === 0) return;
    this.#old.value = new Set([...this.#old.peek(), ...this.#turns.peek().keys()]);
    this.#turns.value = new Map();
  }
}

/** Tells it when the kernel is no more that it was. Gives back how to stop that. */
export function followKernel(history: RunHistory, kernel: ReadonlySignal<KernelStatus>): () => void {
  let known: string | null = null;
  return effect(() => {
    const { id, state } = kernel.value;
    if (id !== known || state === "dead" || state === "restarting") untracked(() => history.kernelGone());
    known = id;
  });
}

function put(set: Signal<ReadonlySet<CellId>>, cell: CellId, isIn: boolean): void {
  if (isIn === set.peek().has(cell)) return;
  const next = new Set(set.peek());
  if (isIn) next.add(cell);
  else next.delete(cell);
  set.value = next;
}
