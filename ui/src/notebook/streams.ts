/**
 * Stream text as a terminal would show it, and never more of it than a page can hold.
 *
 * The rules, and why they are so, stand in tests/vectors/streams/README.md and in the twin,
 * adrastea/documents/streams.py. Positions and lengths count Unicode code points.
 */

import { cursorAt, isPlain, lineStart, linesAbove, typed } from "../outputs/terminal";

export const STREAM_LIMIT = 600_000; // code points that one stream output may hold
export const STREAM_KEEP = 200_000; // code points that stay at its beginning, and at least as many at its end

const LEFT_OUT =
  /\n\[… ([0-9]{1,15}) characters left out((?:; the (?:whole|beginning) is kept as [0-9a-f]{16})?) …\]\n/y;
const MARK_LINE = /^\[… [0-9]{1,15} characters left out.* …\]$/;

/** What stands there after `added` was printed behind `previous`, whose finished lines stay as they are. */
export function join(previous: string, added: string, limit = STREAM_LIMIT, keep = STREAM_KEEP): string {
  const line = previous.lastIndexOf("\n") + 1;
  let text = previous + added;
  if (!isPlain(added) || !isPlain(previous.slice(line))) {
    const start = lineStart(previous, linesAbove(text.slice(line)));
    text = text.slice(0, start) + typed(text.slice(start), keep, MARK_LINE);
  }
  // A text has at least as many units as code points: counting is for those that may be too long.
  return text.length <= limit ? text : shortened(text, limit, keep);
}

function shortened(text: string, limit: number, keep: number): string {
  const shown = text.slice(0, cursorAt(text, text.lastIndexOf("\n") + 1));
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
