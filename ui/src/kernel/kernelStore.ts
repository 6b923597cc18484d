/**
 * The kernels that can be started, as every notebook's kernel menu shows them. Asked for when first needed, and again
 * when the menu opens; what was found before stays until the server has answered.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Kernelspecs, listKernelspecs } from "../api/kernelspecs";
import { sentenceOf } from "../i18n/sentenceOf";

export type KernelsFound =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly kernels: Kernelspecs }
  | { readonly at: "failed"; readonly message: string };

export class KernelStore {
  readonly #list: () => Promise<Kernelspecs>;
  readonly #found = signal<KernelsFound>({ at: "loading" });
  #asking: Promise<void> | null = null;

  constructor(list: () => Promise<Kernelspecs> = listKernelspecs) {
    this.#list = list;
  }

  get found(): ReadonlySignal<KernelsFound> {
    return this.#found;
  }

  /** Asks the server; two at the same time ask once. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    if (this.#found.peek().at === "failed") this.#found.value = { at: "loading" };
    try {
      this.#found.value = { at: "ready", kernels: await this.#list() };
    } catch (error) {
      const message = sentenceOf(error);
      if (this.#found.peek().at !== "ready") this.#found.value = { at: "failed", message };
    }
  }
}
