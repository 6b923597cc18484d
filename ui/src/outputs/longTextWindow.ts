/** Which rows of a long text are in the page: arithmetic on one row height, and a scale where engines end their coordinates. */

export const ROW = 20; // px, --line-code
const OVER = 8; // rows rendered above and below what is seen
const TALLEST = 8_000_000; // px: WebKit and Firefox lose precision or clamp above this

export interface TextWindow {
  readonly first: number;
  /** One after the last row. */
  readonly end: number;
  /** Where the first row stands inside the scrolled area, px. */
  readonly offset: number;
  /** The height of the scrolled area, px. */
  readonly total: number;
}

export function windowOf(rows: number, top: number, height: number): TextWindow {
  const natural = rows * ROW;
  const total = Math.min(natural, TALLEST);
  const room = Math.max(0, total - height);
  const share = room === 0 ? 0 : Math.min(1, Math.max(0, top / room));
  // At scale 1 this is top / ROW; above, the same share of the rows as of the scroll bar.
  const exact = natural === total ? top / ROW : share * (rows - height / ROW);
  const first = Math.max(0, Math.min(rows, Math.floor(exact) - OVER));
  const end = Math.min(rows, Math.ceil(exact + height / ROW) + OVER);
  const offset = natural === total ? first * ROW : Math.max(0, top - (exact - first) * ROW);
  return { first, end, offset, total };
}
