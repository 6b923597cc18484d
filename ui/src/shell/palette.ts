/**
 * What the palette shows for what was typed: a subsequence search with a score, and its order.
 *
 * Every character typed must appear in the text, in order. Beginnings of words and runs of neighbours weigh more than
 * characters strewn about; shorter texts win a tie. Nothing typed: what was used recently, then all by category.
 */
import { type Command, isReady } from "../design/command";

export const PALETTE_ROWS = 50;

export interface Match {
  readonly score: number;
  /** Where the matched characters stand in the text. */
  readonly at: readonly number[];
}

const WORD_START = 8;
const NEIGHBOUR = 10;
const FIRST = 4;
const GAP = 0.1; // per character that lies between two matches
const LENGTH = 0.02; // per character of the text

/** How well `query` fits `text`, or `null` when it does not. Case and spaces of the query do not matter. */
export function fuzzy(query: string, text: string): Match | null {
  const wanted = Array.from(query.toLowerCase().replace(/\s+/g, ""));
  const lower = text.toLowerCase();
  let best: Match | null = null;
  // A later beginning may be the better one: “run” in “Interrupt · Run” is at its end.
  for (let start = lower.indexOf(wanted[0] ?? ""); start >= 0; start = lower.indexOf(wanted[0] ?? "", start + 1)) {
    const found = matchFrom(wanted, text, lower, start);
    if (found !== null && (best === null || found.score > best.score)) best = found;
    if (wanted.length === 0 || found === null) break;
  }
  return best;
}

function matchFrom(wanted: readonly string[], text: string, lower: string, start: number): Match | null {
  const at: number[] = [];
  let score = -LENGTH * text.length;
  let from = start;
  for (const character of wanted) {
    const previous = at.at(-1);
    const next = nextMatch(lower, text, character, from, previous === from - 1 && at.length > 0);
    if (next < 0) return null;
    if (isWordStart(text, next)) score += WORD_START;
    if (previous !== undefined && next === previous + 1) score += NEIGHBOUR;
    else if (previous !== undefined) score -= GAP * (next - previous);
    if (next === 0) score += FIRST;
    at.push(next);
    from = next + 1;
  }
  return { score, at };
}

/** The next place of a character: the neighbour when it fits, else the beginning of a word, else the first. */
function nextMatch(lower: string, text: string, character: string, from: number, run: boolean): number {
  const first = lower.indexOf(character, from);
  if (first < 0 || (run && first === from)) return first;
  for (let at = first; at >= 0; at = lower.indexOf(character, at + 1)) if (isWordStart(text, at)) return at;
  return first;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s\-_/.:(]/.test(text.charAt(at - 1));
}

export interface PaletteRow {
  readonly command: Command;
  readonly enabled: boolean;
  readonly recent: boolean;
  /** Matched characters of the title. */
  readonly at: readonly number[];
}

/** The rows for a query, best first. Commands that cannot run come last. */
export function paletteRows(
  query: string,
  commands: readonly Command[],
  used: readonly string[],
): readonly PaletteRow[] {
  const rows: { row: PaletteRow; score: number }[] = [];
  for (const command of commands) {
    const match = matchCommand(query, command);
    if (match === null) continue;
    const enabled = isReady(command);
    const recent = used.indexOf(command.id);
    const bonus = recent < 0 ? 0 : query.trim() === "" ? 1000 - recent : 3 - recent / 20;
    rows.push({
      row: { command, enabled, recent: recent >= 0, at: match.at },
      score: match.score + bonus - (enabled ? 0 : 10_000),
    });
  }
  rows.sort((a, b) => b.score - a.score);
  return rows.slice(0, PALETTE_ROWS).map((entry) => entry.row);
}

function matchCommand(query: string, command: Command): Match | null {
  if (query.trim() === "") return { score: 0, at: [] };
  const title = fuzzy(query, command.title);
  if (title !== null) return title;
  const withCategory = fuzzy(query, `${command.category} ${command.title}`);
  if (withCategory === null) return null;
  const skip = command.category.length + 1;
  return { score: withCategory.score - 6, at: withCategory.at.map((at) => at - skip).filter((at) => at >= 0) };
}
