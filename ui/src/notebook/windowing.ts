/**
 * Which cells are in the page: arithmetic on heights, known or estimated. Pure.
 *
 * Every cell has a shell of this height in the page; what is in the shells is there near the viewport only. All
 * distances are CSS pixels from the top of the first cell; heights include the gap below the cell.
 */
import type { CellId } from "./model";

/** How far from the viewport cells have their content. */
export const NEAR = 700;
/** How far away they lose it again: more than `NEAR`, so that going to and fro does no work. */
export const FAR = 1_200;

/** Places from `from` up to, but without, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export class Heights {
  #order: readonly CellId[] = [];
  #places = new Map<CellId, number>();
  #heights: Float64Array = new Float64Array(0);
  #offsets: Float64Array = new Float64Array(1);
  /** Cells that are not shown: they have no height, and keep the one that they had. */
  #hidden: ReadonlySet<CellId> = new Set();
  /** Offsets up to this place are right. */
  #clean = 0;

  get count(): number {
    return this.#order.length;
  }

  get total(): number {
    return this.offsetOf(this.count);
  }

  /** Another order; cells that were not there before get an estimate. */
  setOrder(order: readonly CellId[], estimate: (id: CellId) => number): void {
    const before = this.#places;
    const heights = this.#heights;
    const places = new Map(order.map((id, index) => [id, index]));
    const next = new Float64Array(order.length);
    order.forEach((id, index) => {
      const place = before.get(id);
      next[index] = (place === undefined ? undefined : heights[place]) ?? estimate(id);
    });
    this.#order = order;
    this.#places = places;
    this.#heights = next;
    this.#offsets = new Float64Array(order.length + 1);
    this.#clean = 0;
  }

  setHidden(hidden: ReadonlySet<CellId>): void {
    this.#hidden = hidden;
    this.#clean = 0;
  }

  isHidden(id: CellId): boolean {
    return this.#hidden.has(id);
  }

  placeOf(id: CellId): number {
    return this.#places.get(id) ?? -1;
  }

  heightOf(id: CellId): number {
    return this.#heights[this.placeOf(id)] ?? 0;
  }

  /** Where the cell at a place begins; the place behind the last is the end. */
  offsetOf(place: number): number {
    const end = Math.min(place, this.count);
    for (let at = this.#clean; at < end; at += 1) {
      const isHidden = this.#hidden.size > 0 && this.#hidden.has(this.#order[at] ?? "");
      this.#offsets[at + 1] = (this.#offsets[at] ?? 0) + (isHidden ? 0 : (this.#heights[at] ?? 0));
    }
    this.#clean = Math.max(this.#clean, end);
    return this.#offsets[end] ?? 0;
  }

  /** The place of the cell at a distance from the top; the first or last one beyond the ends. */
  placeAt(y: number): number {
    let low = 0;
    let high = this.count - 1;
    this.offsetOf(this.count);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The cells of which something lies between two distances. */
  range(top: number, bottom: number): Range {
    if (this.count === 0 || bottom < 0 || top >= this.total) return { from: 0, to: 0 };
    return { from: this.placeAt(top), to: this.placeAt(bottom) + 1 };
  }

  /**
   * Takes measured heights over. Returns by how much what is at `top` has moved: the scroll position must follow for it
   * to stay where it is seen. The cell at `top` itself grows downwards.
   */
  measure(measured: ReadonlyMap<CellId, number>, top: number): number {
    const anchor = top <= 0 ? 0 : this.placeAt(top);
    let moved = 0;
    for (const [id, height] of measured) {
      const place = this.placeOf(id);
      const before = this.#heights[place];
      if (before === undefined || before === height || this.#hidden.has(id)) continue;
      if (place < anchor) moved += height - before;
      this.#heights[place] = height;
      this.#clean = Math.min(this.#clean, place);
    }
    return moved;
  }
}
