/**
 * The last lines of a stream as a terminal shows them: text is typed where the cursor stands, which moves.
 *
 * The rules stand in tests/vectors/streams/README.md and in the twin, adrastea/documents/terminal.py.
 */

const REACH = 100; // lines that the cursor can go up
const FAR = 1_000; // characters that the cursor can stand behind the end of a line
const STYLES = 64; // units of control sequences that stay where characters are taken away
const LONGEST = 32; // units, and more than a sequence has

const WHOLE = String.raw`\[[0-?]{0,24}[ -/]{0,2}[@-~]|[ -/]{0,2}[0-Z\\-~]`;
const ESC = "\u001b";
const OWN = new RegExp(`^${ESC}\\[(\\d{0,4})([ABCJK])$`);
const UP = new RegExp(`${ESC}\\[(\\d{0,4})A`, "g");
const SEQUENCE = new RegExp(`^${ESC}(?:${WHOLE})$`);
const NOT_PLAIN = new RegExp(`[\\b\\r]|${ESC}(?:\\[\\d{0,4}[ABCJK]|(?!${WHOLE}))`); // ours, or without an end
const TOKEN = new RegExp(String.raw`(${ESC}(?:\[[0-?]{0,24}[ -/]{0,2}[@-~]?|[ -/]{0,2}[0-Z\\-~]?)|[\r\b])`);
const UNFINISHED = new RegExp(`${ESC}(?:\\[[0-?]{0,24}[ -/]{0,2}|[ -/]{0,2})$`);
const CURSOR = new RegExp(`\r|${ESC}\\[\\d{1,4}[AC]`, "g");
const NOTHING = /(?!)/;

/** Whether all of it is put behind what stands there, whatever follows. */
export function isPlain(text: string): boolean {
  return !NOT_PLAIN.test(text);
}

/** Where in the last line, which begins at `start`, it is said where the cursor stands; the length if it is not. */
export function cursorAt(text: string, start: number): number {
  CURSOR.lastIndex = start;
  return CURSOR.exec(text)?.index ?? text.length;
}

/** How many lines above the first of this text it can change at most. */
export function linesAbove(text: string): number {
  let lines = 0;
  for (const [, count] of text.matchAll(UP)) lines += Number(count) || 1;
  return Math.min(REACH, lines);
}

/** The lines after everything in them was typed, and the cursor. A line that is all `barrier` is not gone beyond. */
export function typed(text: string, keep: number, barrier: RegExp): string {
  const screen = new Screen(keep, barrier);
  screen.type(text);
  return screen.text();
}

/** Where the line begins that is so many lines above the last one. */
export function lineStart(text: string, above: number): number {
  let start = text.lastIndexOf("\n") + 1;
  for (let line = 0; line < above && start > 0; line++) start = text.slice(0, start - 1).lastIndexOf("\n") + 1;
  return start;
}

/** What is seen of a text, whoever has written it: everything typed, and without the cursor. Plain up to `checked`. */
export function shownText(text: string, checked = 0): string {
  const last = text.lastIndexOf("\n") + 1;
  const isOurs = isPlain(text.slice(checked, last)); // only the last line may have to be typed
  if (isOurs && isPlain(text.slice(last))) return text;
  const start = isOurs ? lineStart(text, linesAbove(text.slice(last))) : 0;
  const whole = text.slice(0, start) + typed(text.slice(start), text.length, NOTHING);
  return whole.slice(0, cursorAt(whole, whole.lastIndexOf("\n") + 1));
}

/** A line that the cursor has been in. */
class Line {
  /** Each one character, behind the sequences that stand before it. */
  readonly cells: string[] = [];
  /** Sequences behind the last one. */
  end = "";

  constructor(text: string) {
    for (const token of text.split(TOKEN)) {
      if (!token.startsWith(ESC)) {
        const from = this.cells.length;
        for (const character of token) this.cells.push(character);
        if (token === "") continue;
        this.cells[from] = this.end + (this.cells[from] ?? "");
        this.end = "";
      } else if (SEQUENCE.test(token)) this.end += token;
    }
  }

  toString(): string {
    return this.cells.join("") + this.end;
  }

  /** Takes away what stands from `start` on; the colour that it ended in stays the colour of what follows. */
  cut(start: number): void {
    this.end = bounded(this.cells.splice(start).map(stylesOf).join("") + this.end);
  }
}

/** Lines and the cursor. `column` is null at the end of a line that was only added to: it is not taken apart. */
class Screen {
  readonly #keep: number;
  readonly #barrier: RegExp;
  readonly #lines: (string | Line)[] = [""];
  #row = 0;
  #column: number | null = null;
  #styles = ""; // sequences that wait for their character
  #rest = ""; // a sequence whose end has not come yet

  constructor(keep: number, barrier: RegExp) {
    this.#keep = keep;
    this.#barrier = barrier;
  }

  /** All of it; once. */
  type(text: string): void {
    const end = Math.max(0, text.length - LONGEST);
    this.#rest = UNFINISHED.exec(text.slice(end))?.[0] ?? "";
    const lines = text.slice(0, text.length - this.#rest.length).split("\n");
    lines.forEach((line, index) => {
      if (index > 0) this.#nextLine();
      this.#typeLine(line);
    });
  }

  text(): string {
    const cursor = this.#cursor(); // first: it takes lines apart
    return this.#lines.join("\n") + cursor + this.#styles + this.#rest;
  }

  #typeLine(line: string): void {
    const shown = this.#lines[this.#row];
    if (this.#column === null && typeof shown === "string" && isPlain(line)) this.#lines[this.#row] = shown + line;
    else for (const token of line.split(TOKEN)) this.#take(token);
  }

  #take(token: string): void {
    if (token === "\r" || token === "\b") {
      this.#settle();
      const { line, column } = this.#here();
      this.#column = token === "\r" ? this.#leftmost(line) : Math.max(this.#leftmost(line), column - 1);
    } else if (!token.startsWith(ESC)) {
      if (token !== "") this.#put(token);
    } else {
      const own = OWN.exec(token);
      if (own !== null) {
        this.#settle();
        this.#control(own[2], Number(own[1]));
      } else if (SEQUENCE.test(token)) this.#styles += token;
    }
  }

  #put(text: string): void {
    const { line, column } = this.#here();
    const length = line.cells.length;
    const start = Math.min(column, length);
    const added = Array.from(text); // code points, as the twin counts
    added[0] = this.#styles + (added[0] ?? "");
    this.#styles = "";
    for (let missing = column; missing > start; missing--) added.unshift(" ");
    if (start === length) added[0] = line.end + added[0];
    if (start + added.length >= length) line.end = ""; // what stood behind the last character goes with it
    added.forEach((cell, index) => (line.cells[start + index] = cell));
    this.#column = start + added.length;
  }

  #control(kind: string | undefined, count: number): void {
    const { line, column } = this.#here();
    const steps = count || 1;
    if (kind === "A") this.#up(steps, column);
    else if (kind === "B") this.#go(Math.min(this.#lines.length - 1, this.#row + steps), column);
    else if (kind === "C") this.#column = Math.min(column + steps, Math.max(column, line.cells.length + FAR));
    else if (kind === "K" && count === 1) line.cells.fill(" ", 0, column + 1);
    else if (count === 0 || (kind === "K" && count === 2)) {
      line.cut(count === 0 ? column : 0);
      if (kind === "J") this.#lines.length = this.#row + 1;
    }
  }

  #nextLine(): void {
    this.#settle();
    this.#row += 1;
    if (this.#row < this.#lines.length) this.#column = this.#leftmost(this.#line());
    else {
      this.#lines.push("");
      this.#column = null;
    }
  }

  #up(steps: number, column: number): void {
    const lines = this.#lines;
    let room = this.#keep;
    for (let row = this.#row; row < lines.length; row++) room -= lengthOf(lines[row]) + 1;
    const highest = Math.max(0, lines.length - 1 - REACH, this.#row - steps);
    let row = this.#row;
    while (row > highest) {
      const above = lines[row - 1];
      room -= lengthOf(above) + 1;
      if (room < 0 || (typeof above === "string" && this.#barrier.test(above))) break;
      row -= 1;
    }
    this.#go(row, column);
  }

  #go(row: number, column: number): void {
    this.#row = row;
    this.#column = Math.max(column, this.#leftmost(this.#line()));
  }

  /** The cursor goes elsewhere: sequences that wait for a character stay where it stood. */
  #settle(): void {
    if (this.#styles === "") return;
    const { line, column } = this.#here();
    const cell = line.cells[column];
    if (cell === undefined) line.end += this.#styles;
    else if (!cell.startsWith(this.#styles)) {
      const before = stylesOf(cell);
      line.cells[column] = bounded(this.#styles + before) + cell.slice(before.length);
    }
    this.#styles = "";
  }

  #here(): { readonly line: Line; readonly column: number } {
    const line = this.#line();
    this.#column ??= line.cells.length;
    return { line, column: this.#column };
  }

  #line(): Line {
    const line = this.#lines[this.#row] ?? "";
    return typeof line === "string" ? (this.#lines[this.#row] = new Line(line)) : line;
  }

  /** What lies further back than `keep` may have been left out already; whether it has must not show. */
  #leftmost({ cells }: Line): number {
    return Math.max(0, cells.length - this.#keep);
  }

  #cursor(): string {
    const up = this.#lines.length - 1 - this.#row;
    if (this.#column === null && up === 0) return "";
    const { line, column } = this.#here();
    const { length } = line.cells;
    const back = up > 0 || column < length ? `\r${line.cells.slice(this.#leftmost(line), column).join("")}` : "";
    return (up > 0 ? `${ESC}[${up}A` : "") + back + (column > length ? `${ESC}[${column - length}C` : "");
  }
}

/** Of a line that was not taken apart in code points, as the twin counts. */
function lengthOf(line: string | Line | undefined): number {
  if (line === undefined) return 0;
  return typeof line === "string"
    ? line.length - (line.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
    : line.cells.length;
}

function stylesOf(cell: string): string {
  return cell.replace(/[\ud800-\udbff][\udc00-\udfff]$|[^]$/, "");
}

function bounded(styles: string): string {
  return styles.length <= STYLES ? styles : (styles.split(TOKEN).at(-2) ?? "");
}
