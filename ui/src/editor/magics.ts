/**
 * IPython's own syntax inside Python: `%magic`, `!command`, `name?`, `x = !ls` and cells that begin with `%%`.
 *
 * Python's grammar does not know them. They are found by a scan that keeps track of strings, brackets and continued
 * lines (a `%` at the start of a line inside brackets is Python's own), and masked by text of the same length that the
 * grammar does know, so that everything around them is highlighted as if they were not there.
 */
import { type LanguageName, languageNamed } from "./languageNames";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Magics {
  /** The pieces that are IPython's, in order. */
  readonly ranges: readonly Range[];
  /** What follows a cell magic that is not Python, and its language. */
  readonly body: (Range & { readonly language: LanguageName }) | null;
  /** The text to parse instead: same length, same lines, Python only. */
  readonly masked: string;
}

const MAYBE = /^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]/m;
const LINE_MAGIC = /^[ \t]*(?:%{1,2}[A-Za-z_]|!|\?{1,2}[A-Za-z_%*])/;
const HELP = /^[ \t]*[%\w.*]+(?:\[[^\]]*\])?\?{1,2}[ \t]*$/;
const ASSIGNED = /^[ \t]*[A-Za-z_][\w.,[\] \t*]*=[ \t]*(?=![^=]|%[A-Za-z_])/;
const CELL_MAGIC = /^\s*%%(\S+)[ \t]*([^\n]*)/;
const PYTHON_MAGICS = new Set([
  "time",
  "timeit",
  "capture",
  "prun",
  "python",
  "python3",
  "pypy",
  "debug",
  "memit",
  "px",
]);

/** The magics of a cell, or null when there are none (most cells: one regular expression). */
export function findMagics(text: string): Magics | null {
  if (!MAYBE.test(text)) return null;
  const cell = CELL_MAGIC.exec(text);
  const language = cell === null ? null : languageOfBody(cell[1] ?? "", cell[2] ?? "");
  if (cell !== null && language !== "python") return foreignCell(text, cell[0].length, language ?? "other");
  const found = scan(text);
  if (found.length === 0) return null;
  let masked = "";
  let at = 0;
  for (const { from, to, statement } of found) {
    masked += text.slice(at, from) + (statement ? `#${text.slice(from + 1, to)}` : "_".repeat(to - from));
    at = to;
  }
  return { ranges: found, body: null, masked: masked + text.slice(at) };
}

function languageOfBody(magic: string, rest: string): LanguageName {
  if (PYTHON_MAGICS.has(magic)) return "python";
  if (magic === "writefile" || magic === "file") return languageNamed(/\.(\w+)\s*$/.exec(rest)?.[1] ?? "");
  if (magic === "script") return languageNamed(rest.split(/\s/)[0] ?? "");
  return languageNamed(magic);
}

function foreignCell(text: string, headEnd: number, language: LanguageName): Magics {
  const from = text.search(/\S/);
  const body = { from: Math.min(headEnd + 1, text.length), to: text.length, language };
  const masked = text.replace(/^([ \t]*)(\S)/gm, "$1#");
  return { ranges: [{ from, to: headEnd }], body, masked };
}

interface Found extends Range {
  /** A whole line, not the right side of an assignment. */
  readonly statement: boolean;
}

function scan(text: string): Found[] {
  const found: Found[] = [];
  let state: State = START;
  let from = 0;
  while (from <= text.length) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 ? text.length : newline;
    const line = text.slice(from, to);
    const at = state === START ? magicAt(line) : null;
    if (at === null) state = afterLine(line, state);
    else found.push({ from: from + at.column, to, statement: at.statement });
    from = to + 1;
  }
  return found;
}

function magicAt(line: string): { column: number; statement: boolean } | null {
  if (LINE_MAGIC.test(line) || HELP.test(line)) return { column: line.search(/\S/), statement: true };
  const assigned = ASSIGNED.exec(line);
  return assigned === null ? null : { column: assigned[0].length, statement: false };
}

/** Where a line of Python leaves us: inside a triple-quoted string, inside brackets, after a backslash. */
interface State {
  readonly quote: string;
  readonly depth: number;
  readonly continued: boolean;
}
const START: State = { quote: "", depth: 0, continued: false };
const PIECE = /"""|'''|\\.|\\$|["'#()[\]{}]/g;

function afterLine(line: string, before: State): State {
  let { quote, depth } = before;
  let continued = false;
  for (const [piece] of line.matchAll(PIECE)) {
    if (quote !== "") {
      if (piece === quote) quote = "";
    } else if (piece === "#") break;
    else if (piece.startsWith('"') || piece.startsWith("'")) quote = piece;
    else if ("([{".includes(piece)) depth += 1;
    else if (")]}".includes(piece)) depth = Math.max(0, depth - 1);
    if (piece === "\\") continued = true;
  }
  if (quote.length === 1 && !continued) quote = ""; // a string of one line ends with its line
  return quote === "" && depth === 0 && !continued ? START : { quote, depth, continued };
}
