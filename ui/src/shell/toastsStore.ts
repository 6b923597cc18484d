/**
 * Short messages at the lower right: at most three, each for six seconds, held while the pointer or the focus is on
 * them. What they say stands elsewhere too, or can be found again: they are never the only place of information.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export const TOAST_LIMIT = 3;
export const TOAST_TIME = 6000; // milliseconds

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "info" | "error";
  /** What can be done about it. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Calls back after some milliseconds; gives back how to call that off. */
export type After = (milliseconds: number, call: () => void) => () => void;

export class ToastsStore {
  readonly #shown = signal<readonly Toast[]>([]);
  readonly #after: After;
  #stop: (() => void) | null = null;
  #held = false;
  #next = 1;

  constructor(after: After) {
    this.#after = after;
  }

  get shown(): ReadonlySignal<readonly Toast[]> {
    return this.#shown;
  }

  /** Shows a message; the same one again starts its time anew. */
  show(text: string, kind: Toast["kind"] = "info", action?: Toast["action"]): void {
    const others = this.#shown.value.filter((toast) => toast.text !== text);
    this.#shown.value = [...others, { id: this.#next++, text, kind, ...(action && { action }) }].slice(-TOAST_LIMIT);
    this.#restart();
  }

  dismiss(id: number): void {
    this.#shown.value = this.#shown.value.filter((toast) => toast.id !== id);
    this.#restart();
  }

  /** Keeps the messages while somebody is reading them. */
  hold(held: boolean): void {
    this.#held = held;
    this.#restart();
  }

  #restart(): void {
    this.#stop?.();
    this.#stop = null;
    const oldest = this.#shown.value[0];
    if (this.#held || oldest === undefined) return;
    this.#stop = this.#after(TOAST_TIME, () => this.dismiss(oldest.id));
  }
}
