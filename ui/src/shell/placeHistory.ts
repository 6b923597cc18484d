/** Where the user has been in this window, for going back and forward as in a browser. Pure. */

/** A document, and the cell of it that was active; null where it has none. */
export interface Place {
  readonly path: string;
  readonly cell: string | null;
}

export const PLACES = 100;

export class PlaceHistory {
  #places: readonly Place[] = [];
  #at = -1;

  /** The user is there now: by a jump, which can be gone back from, or by a step, which only moves the place. */
  came(place: Place, jumped: boolean): void {
    const now = this.#places[this.#at];
    if (now !== undefined && now.path === place.path && now.cell === place.cell) return;
    if (now === undefined || jumped) {
      this.#places = [...this.#places.slice(0, this.#at + 1), place].slice(-PLACES);
      this.#at = this.#places.length - 1;
    } else this.#places = this.#places.with(this.#at, place);
  }

  /** Whether there is a place before this one, or behind it. */
  can(step: 1 | -1): boolean {
    return this.#places[this.#at + step] !== undefined;
  }

  /** The next place that way, which is where the user is from now on; null where there is none. */
  step(step: 1 | -1): Place | null {
    const place = this.#places[this.#at + step];
    if (place === undefined) return null;
    this.#at += step;
    return place;
  }
}
