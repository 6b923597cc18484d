/**
 * The lines of a text that grows. `update` looks at what is new only: where lines begin and in which style. Colours are
 * parsed for a line when it is shown, so that a million lines cost no more than finding their ends.
 */
import { type AnsiSpan, type AnsiStyle, ESC, parseAnsi, PLAIN } from "./ansi";
import { shownText } from "./terminal";

export class TextLines {
  #source = "";
  #text = "";
  #starts: number[] = [0];
  #styles: AnsiStyle[] = [PLAIN];
  #dirty = 0;

  /** A final line feed ends the last line; it does not begin another. */
  get count(): number {
    const lines = this.#starts.length;
    return this.#starts[lines - 1] === this.#text.length ? lines - 1 : lines;
  }

  get text(): string {
    return this.#text;
  }

  /** Take a newer text in. */
  update(source: string): void {
    if (source === this.#source) return;
    const finished = this.#text.slice(0, this.#starts.at(-1)); // and looked at
    this.#source = source;
    const text = shownText(source, source.startsWith(finished) ? finished.length : 0);
    const keep = this.#lineAt(this.#commonLength(text));
    this.#starts.length = keep + 1;
    this.#styles.length = keep + 1;
    this.#text = text;
    this.#scan(keep);
    this.#dirty = Math.min(this.#dirty, keep);
  }

  /** The first line that may differ from what it was at the last call; the number of lines when none does. */
  takeDirty(): number {
    const dirty = Math.min(this.#dirty, this.#starts.length);
    this.#dirty = Number.POSITIVE_INFINITY;
    return dirty;
  }

  /** The line without its end, as it came, control sequences and all. */
  raw(line: number): string {
    const from = this.#starts[line] ?? this.#text.length;
    const next = this.#starts[line + 1];
    return this.#text.slice(from, next === undefined ? undefined : next - 1);
  }

  /** The line as it is seen. */
  spans(line: number): readonly AnsiSpan[] {
    const raw = this.raw(line);
    const style = this.#styles[line] ?? PLAIN;
    return raw === "" ? [] : parseAnsi(raw, style).spans;
  }

  #commonLength(text: string): number {
    const before = this.#text;
    if (text.startsWith(before)) return before.length;
    const last = this.#starts[this.#starts.length - 1] ?? 0; // a progress bar writes its one line anew
    let at = text.startsWith(before.slice(0, last)) ? last : 0;
    const shorter = Math.min(before.length, text.length);
    while (at < shorter && before.charCodeAt(at) === text.charCodeAt(at)) at++;
    return at;
  }

  /** The line that holds the character before `offset`, for what comes next may change how it ends. */
  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #scan(line: number): void {
    const text = this.#text;
    let at = this.#starts[line] ?? 0;
    let style = this.#styles[line] ?? PLAIN;
    let escape = text.indexOf(ESC, at);
    for (let end = text.indexOf("\n", at); end !== -1; end = text.indexOf("\n", at)) {
      if (escape !== -1 && escape < end) {
        style = parseAnsi(text.slice(escape, end), style).style;
        escape = text.indexOf(ESC, end);
      }
      at = end + 1;
      this.#starts.push(at);
      this.#styles.push(style);
    }
  }
}
