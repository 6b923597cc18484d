/** Which cells show the numbers of their lines: all or none, by choice, but for those that were chosen by themselves. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { CellId } from "./model";

export class LineNumbers {
  readonly #everywhere: ReadonlySignal<boolean>;
  readonly #setEverywhere: (on: boolean) => void;
  readonly #own = signal<ReadonlyMap<CellId, boolean>>(new Map());

  constructor(everywhere: ReadonlySignal<boolean>, setEverywhere: (on: boolean) => void) {
    this.#everywhere = everywhere;
    this.#setEverywhere = setEverywhere;
  }

  get everywhere(): ReadonlySignal<boolean> {
    return this.#everywhere;
  }

  /** Reads signals. */
  areShown(id: CellId): boolean {
    return this.#own.value.get(id) ?? this.#everywhere.value;
  }

  /** In these cells alone: all of them as the first is not. */
  toggle(ids: readonly CellId[]): void {
    const first = ids[0];
    if (first === undefined) return;
    const shown = !(this.#own.peek().get(first) ?? this.#everywhere.peek());
    this.#own.value = new Map([...this.#own.peek(), ...ids.map((id) => [id, shown] as const)]);
  }

  /** What was chosen for single cells is forgotten. */
  toggleEverywhere(): void {
    this.#setEverywhere(!this.#everywhere.peek());
    this.#own.value = new Map();
  }
}
