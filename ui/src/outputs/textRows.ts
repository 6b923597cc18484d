/**
 * Rows: what a line takes on the screen when it is folded after a number of columns, as a terminal does it. With one
 * height for every row, any row of a million can be found by arithmetic. Wide characters count twice, tabs go to the next eighth.
 */
import { type AnsiSpan, stripAnsi } from "./ansi";
import { type TextLines } from "./textLines";

const TAB = 8;
const MARKS = 8; // units a column, on the average: a letter with a million accents gets rows of them
const LONG = 100; // rows: a line with more is kept folded
const SIMPLE = /^[ -~]*$/;
// East Asian wide and full-width letters, and emoji
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const WIDTHLESS = /\p{Mn}|\p{Me}|\p{Cf}/u;

export class TextRows {
  /** The row at which each line begins; one more at the end. */
  #firstRows: number[] = [0];
  #columns = 0;
  /** The one very long line that was folded last, for folding it takes longer than a frame. */
  #folded: { readonly line: number; readonly rows: readonly (readonly AnsiSpan[])[] } | null = null;

  constructor(private readonly lines: TextLines) {}

  get count(): number {
    return this.#firstRows[this.lines.count] ?? 0;
  }

  /** Fold what is new, or everything when the number of columns is another. */
  update(columns: number): void {
    const from = this.lines.takeDirty();
    const start = columns === this.#columns ? Math.min(from, this.#firstRows.length - 1) : 0;
    if (columns !== this.#columns || (this.#folded !== null && this.#folded.line >= from)) this.#folded = null;
    this.#columns = columns;
    this.#firstRows.length = start + 1;
    let row = this.#firstRows[start] ?? 0;
    for (let line = start; line < this.lines.count; line++) {
      row += rowsOf(this.lines.raw(line), columns);
      this.#firstRows.push(row);
    }
  }

  /** The pieces of the rows from `first` to before `end`. */
  slice(first: number, end: number): readonly (readonly AnsiSpan[])[] {
    const found: (readonly AnsiSpan[])[] = [];
    for (let line = this.#lineOf(first); line < this.lines.count && found.length < end - first; line++) {
      const skipped = Math.max(0, first - (this.#firstRows[line] ?? 0));
      const rows = this.#rows(line);
      found.push(...rows.slice(skipped, skipped + end - first - found.length));
    }
    return found;
  }

  /** The row in which a character of a line stands, by its offset in the line as it is seen. */
  rowAt(line: number, offset: number): number {
    const text = stripAnsi(this.lines.raw(line));
    const before = breaks(text, this.#columns).filter((cut) => cut <= offset).length;
    return (this.#firstRows[line] ?? 0) + before;
  }

  #rows(line: number): readonly (readonly AnsiSpan[])[] {
    if (this.#folded?.line === line) return this.#folded.rows;
    const rows = fold(this.lines.spans(line), this.#columns);
    if (rows.length > LONG) this.#folded = { line, rows };
    return rows;
  }

  #lineOf(row: number): number {
    let low = 0;
    let high = Math.max(0, this.lines.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#firstRows[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function rowsOf(raw: string, columns: number): number {
  if (raw.length * TAB <= columns || (raw.length <= columns && SIMPLE.test(raw))) return 1;
  if (SIMPLE.test(raw)) return Math.ceil(raw.length / columns);
  return breaks(stripAnsi(raw), columns).length + 1;
}

/** The pieces of a line, cut into rows. Always at least one row. */
export function fold(spans: readonly AnsiSpan[], columns: number): readonly (readonly AnsiSpan[])[] {
  const cuts = breaks(spans.map((span) => span.text).join(""), columns);
  if (cuts.length === 0) return [spans];
  const rows: AnsiSpan[][] = [[]];
  let at = 0;
  for (const { text, style } of spans) {
    let from = 0;
    for (let cut = cuts[rows.length - 1]; cut !== undefined && cut < at + text.length; cut = cuts[rows.length - 1]) {
      if (cut - at > from) rows.at(-1)?.push({ text: text.slice(from, cut - at), style });
      from = cut - at;
      rows.push([]);
    }
    rows.at(-1)?.push({ text: text.slice(from), style });
    at += text.length;
  }
  return rows;
}

/** The offsets at which rows after the first begin. */
function breaks(text: string, columns: number): readonly number[] {
  const cuts: number[] = [];
  if (SIMPLE.test(text)) {
    for (let at = columns; at < text.length; at += columns) cuts.push(at);
    return cuts;
  }
  let column = 0;
  let at = 0;
  let start = 0;
  for (const letter of text) {
    const width = letter === "\t" ? TAB - (column % TAB) : widthOf(letter);
    if ((column + width > columns && column > 0) || at - start > MARKS * columns) {
      cuts.push(at);
      start = at;
      column = letter === "\t" ? TAB : width;
    } else column += width;
    at += letter.length;
  }
  return cuts;
}

function widthOf(letter: string): number {
  const code = letter.charCodeAt(0);
  if (code < 0x300) return 1;
  if (WIDE.test(letter)) return 2;
  return WIDTHLESS.test(letter) ? 0 : 1;
}
