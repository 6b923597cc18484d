/**
 * Stream text as a terminal would show it, and never more of it than a page can hold.
 *
 * The rules, and why they are so, stand in tests/vectors/streams/README.md and in the twin,
 * adrastea/documents/streams.py. Positions and lengths count Unicode code points.
 */

export const STREAM_LIMIT = 600_000; // code points that one stream output may hold
export const STREAM_KEEP = 200_000; // code points that stay at its beginning, and at least as many at its end

const CONTROL = /[\b\r]/;
const PIECES = /([\b\r])/;
const LEFT_OUT =
  /\n\[… ([0-9]{1,15}) characters left out((?:; the (?:whole|beginning) is kept as [0-9a-f]{16})?) …\]\n/y;

/** What stands there after `added` was printed behind `previous`, whose finished lines stay as they are. */
export function join(previous: string, added: string, limit = STREAM_LIMIT, keep = STREAM_KEEP): string {
  const start = previous.lastIndexOf("\n") + 1;
  const line = previous.slice(start);
  const text =
    CONTROL.test(added) || CONTROL.test(line)
      ? previous.slice(0, start) + overwritten(line + added, keep)
      : previous + added;
  // A text has at least as many units as code points: counting is for those that may be too long.
  return text.length <= limit ? text : shortened(text, limit, keep);
}

function overwritten(text: string, keep: number): string {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const finished = lines.map((line) => (CONTROL.test(line) ? typed(line, keep).shown.join("") : line));
  return [...finished, CONTROL.test(last) ? unfinished(last, keep) : last].join("\n");
}

/** The last line with its cursor: behind the line stand `\r` and what is before the cursor. */
function unfinished(line: string, keep: number): string {
  const { shown, cursor } = typed(line, keep);
  if (cursor === shown.length) return shown.join("");
  return `${shown.join("")}\r${shown.slice(leftmost(shown, keep), cursor).join("")}`;
}

/** The characters of one line after everything in it was typed, and where the cursor stands. */
function typed(line: string, keep: number): { shown: string[]; cursor: number } {
  const shown: string[] = [];
  let cursor = 0;
  for (const piece of line.split(PIECES)) {
    if (piece === "\r") cursor = leftmost(shown, keep);
    else if (piece === "\b") cursor = Math.max(leftmost(shown, keep), cursor - 1);
    else for (const character of piece) shown[cursor++] = character;
  }
  return { shown, cursor };
}

/** What lies further back than `keep` may have been left out already; whether it has must not show. */
function leftmost(shown: readonly string[], keep: number): number {
  return Math.max(0, shown.length - keep);
}

function shortened(text: string, limit: number, keep: number): string {
  const end = text.indexOf("\r", text.lastIndexOf("\n") + 1); // behind it stands the cursor, not text
  const shown = end < 0 ? text : text.slice(0, end);
  const head = advance(shown, 0, keep);
  LEFT_OUT.lastIndex = head;
  const mark = LEFT_OUT.exec(shown);
  const missing = mark === null ? 0 : Number(mark[1]);
  const rest = mark === null ? head : head + mark[0].length;
  const excess = keep + lengthFrom(shown, rest) - limit;
  if (excess <= 0) return text;
  const step = limit - 2 * keep;
  const dropped = Math.ceil(excess / step) * step;
  const tail = text.slice(advance(shown, rest, dropped));
  return `${text.slice(0, head)}\n[… ${missing + dropped} characters left out${mark?.[2] ?? ""} …]\n${tail}`;
}

/** The position `count` code points behind `from`. */
function advance(text: string, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0 && at < text.length; left -= 1) at += isPair(text, at) ? 2 : 1;
  return at;
}

function lengthFrom(text: string, from: number): number {
  let length = 0;
  for (let at = from; at < text.length; at += isPair(text, at) ? 2 : 1) length += 1;
  return length;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}
