/**
 * One widget's model as this page has it: its state, and what the kernel says to its views. Views read `state`; only the
 * store changes it.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export type ModelId = string;

/** Traits by their names; binary parts are `DataView`s. */
export type WidgetState = Readonly<Record<string, unknown>>;

/** What the kernel says to the views of a widget (Jupyter's `custom` messages). */
export type CustomListener = (content: unknown, buffers: readonly DataView[]) => void;

export class WidgetModel {
  readonly id: ModelId;
  readonly state: ReadonlySignal<WidgetState>;
  /** Whether its kernel runs; else it shows what it was, and takes nothing. */
  readonly alive: ReadonlySignal<boolean>;
  readonly #state;
  readonly #alive;
  readonly #listeners = new Set<CustomListener>();

  constructor(id: ModelId, state: WidgetState, alive: boolean) {
    this.id = id;
    this.state = this.#state = signal(state);
    this.alive = this.#alive = signal(alive);
  }

  /** The store's. */
  become(state: WidgetState, alive: boolean): void {
    this.#state.value = state;
    this.#alive.value = alive;
  }

  /** The store's. */
  hear(content: unknown, buffers: readonly DataView[]): void {
    for (const listener of [...this.#listeners]) listener(content, buffers);
  }

  /** Returns the function that ends it. */
  listen(listener: CustomListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const REFERENCE = "IPY_MODEL_";

/** The model that a trait names (`IPY_MODEL_…`); null where it names none. */
export function referenceIn(value: unknown): ModelId | null {
  return typeof value === "string" && value.startsWith(REFERENCE) ? value.slice(REFERENCE.length) : null;
}

/** The models that a list names, in order. */
export function referencesIn(value: unknown): readonly ModelId[] {
  return Array.isArray(value) ? value.map(referenceIn).filter((id) => id !== null) : [];
}
