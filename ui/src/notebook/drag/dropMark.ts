/** Where something that is dragged over the cells would come: the line between two of them, and the cell it would follow. */
import type { CellId } from "../model";
import type { OpenNotebook } from "../openNotebook";

export class DropMark {
  readonly #notebook: OpenNotebook;
  #marked: HTMLElement | null = null;
  #after: CellId | null = null;

  constructor(notebook: OpenNotebook) {
    this.#notebook = notebook;
  }

  /** The cell that it would follow; null: it would be the first. */
  get after(): CellId | null {
    return this.#after;
  }

  /** The pointer is over an element of the notebook, `y` pixels below the top of the window. */
  over(element: Element, y: number): void {
    this.leave();
    const { store, sections } = this.#notebook;
    const order = store.order.peek();
    const cell = element.closest<HTMLElement>("[data-cell]");
    if (cell === null) {
      this.#after = order.at(-1) ?? null; // beside or below the cells
      return;
    }
    const id = cell.dataset["cell"] ?? "";
    const box = cell.getBoundingClientRect();
    const isAbove = y < box.top + box.height / 2;
    this.#after = isAbove ? (order[order.indexOf(id) - 1] ?? null) : (sections.whole([id]).at(-1) ?? id);
    this.#marked = cell;
    cell.dataset["drop"] = isAbove ? "above" : "below";
  }

  leave(): void {
    if (this.#marked !== null) delete this.#marked.dataset["drop"];
    this.#marked = null;
  }
}
