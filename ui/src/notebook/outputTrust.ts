/**
 * Which cells' outputs may run scripts. The server says which may not, always before it sends the outputs; outputs that
 * this page puts in itself (a paste, undo) wait until it has heard of them.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { runsScripts } from "../outputs/htmlFacts";
import type { Edit } from "./edits";
import type { CellId } from "./model";
import type { NotebookStore } from "./notebookStore";

export class OutputTrust {
  readonly #store: NotebookStore;
  readonly #untrusted: ReadonlySignal<ReadonlySet<CellId>>;
  readonly #held = signal<ReadonlySet<CellId>>(new Set());
  readonly #stop: () => void;
  /** Whether there is a script that does not run. */
  readonly scriptsOff: ReadonlySignal<boolean>;

  constructor(store: NotebookStore) {
    this.#store = store;
    const listed = computed(() => store.document.value.untrusted);
    this.#untrusted = computed(() => new Set(listed.value));
    this.scriptsOff = computed(() => listed.value.some((id) => this.#hasScript(id)));
    this.#stop = effect(() => {
      if (!store.unconfirmed.value && this.#held.peek().size > 0) this.#held.value = new Set();
    });
  }

  isTrusted(id: CellId): boolean {
    return !this.#untrusted.value.has(id) && !this.#held.value.has(id);
  }

  /** Before these edits of the page are made. */
  edits(edits: readonly Edit[]): void {
    const bringing = edits.flatMap((edit) => {
      if (edit.op === "insert_cell") return (edit.cell.outputs ?? []).length > 0 ? [edit.cell.id] : [];
      return edit.op === "set_outputs" || edit.op === "append_output" || edit.op === "replace_output"
        ? [edit.cell]
        : [];
    });
    if (bringing.length > 0) this.#held.value = new Set([...this.#held.peek(), ...bringing]);
  }

  close(): void {
    this.#stop();
  }

  #hasScript(id: CellId): boolean {
    return (this.#store.cell(id)?.value.outputs ?? []).some(runsScripts);
  }
}
