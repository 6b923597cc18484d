/** The kernels that can be started on this computer, for the welcome page. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../i18n/sentenceOf";

export interface KernelFound {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  readonly isDefault: boolean;
  /** What tells two of one name apart: its version or the program that it runs; may be empty. */
  readonly origin: string;
}

export type KernelsFound =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly list: readonly KernelFound[] }
  | { readonly at: "failed"; readonly message: string };

export class KernelsStore {
  readonly #list: () => Promise<readonly KernelFound[]>;
  readonly #found = signal<KernelsFound>({ at: "loading" });

  constructor(list: () => Promise<readonly KernelFound[]>) {
    this.#list = list;
  }

  get found(): ReadonlySignal<KernelsFound> {
    return this.#found;
  }

  /** Asks the server again; what was found before stays until it has answered. */
  async refresh(): Promise<void> {
    if (this.#found.value.at === "failed") this.#found.value = { at: "loading" };
    try {
      this.#found.value = { at: "ready", list: inOrder(await this.#list()) };
    } catch (error) {
      this.#found.value = { at: "failed", message: sentenceOf(error) };
    }
  }
}

/** The default first, then by name. */
function inOrder(list: readonly KernelFound[]): readonly KernelFound[] {
  return [...list].sort(
    (a, b) => Number(b.isDefault) - Number(a.isDefault) || a.displayName.localeCompare(b.displayName),
  );
}
