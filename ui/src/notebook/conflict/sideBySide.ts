/** Two texts in two columns, line beside line: what both have is beside itself, long stretches of it are folded. Pure. */
import { compareLines, type Line } from "../compare";

export type Row =
  | { readonly kind: "same" | "other"; readonly mine: string | null; readonly theirs: string | null }
  /** So many lines that both have. */
  | { readonly kind: "folded"; readonly lines: number };

export interface SideBySide {
  readonly rows: readonly Row[];
  /** Whether there are more rows than are here. */
  readonly isCut: boolean;
}

const AROUND = 3; // lines that both have are shown before and behind what differs
const MOST_ROWS = 2_000;
const LONGEST = 1_000; // characters of a line: an image is one line

export function sideBySide(mine: string, theirs: string): SideBySide {
  const rows = folded(paired(changes(mine.split("\n"), theirs.split("\n"))));
  return { rows: rows.slice(0, MOST_ROWS), isCut: rows.length > MOST_ROWS };
}

/** What both begin and end with need not be looked for: most of a large file. */
function changes(mine: readonly string[], theirs: readonly string[]): readonly Line[] {
  const most = Math.min(mine.length, theirs.length);
  let head = 0;
  while (head < most && mine[head] === theirs[head]) head += 1;
  let tail = 0;
  while (tail < most - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  const same = (text: string): Line => ({ change: "same", text });
  const [ours, others] = [mine.slice(head, mine.length - tail), theirs.slice(head, theirs.length - tail)];
  return [...mine.slice(0, head).map(same), ...different(ours, others), ...mine.slice(mine.length - tail).map(same)];
}

function different(mine: readonly string[], theirs: readonly string[]): readonly Line[] {
  if (mine.length === 0) return theirs.map((text) => ({ change: "added", text }));
  if (theirs.length === 0) return mine.map((text) => ({ change: "removed", text }));
  return compareLines(mine.join("\n"), theirs.join("\n"));
}

/** What was taken away stands beside what came instead. */
function paired(lines: readonly Line[]): readonly Row[] {
  const rows: Row[] = [];
  let [gone, come]: [string[], string[]] = [[], []];
  const flush = (): void => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      rows.push({ kind: "other", mine: shortened(gone[at]), theirs: shortened(come[at]) });
    }
    [gone, come] = [[], []];
  };
  for (const { change, text } of lines) {
    if (change === "removed") gone.push(text);
    else if (change === "added") come.push(text);
    else {
      flush();
      rows.push({ kind: "same", mine: shortened(text), theirs: shortened(text) });
    }
  }
  flush();
  return rows;
}

function folded(rows: readonly Row[]): readonly Row[] {
  const near = new Set<number>();
  rows.forEach((row, at) => {
    if (row.kind !== "other") return;
    for (let place = at - AROUND; place <= at + AROUND; place++) near.add(place);
  });
  const shown: Row[] = [];
  rows.forEach((row, at) => {
    const last = shown.at(-1);
    if (near.has(at)) shown.push(row);
    else if (last?.kind === "folded") shown[shown.length - 1] = { kind: "folded", lines: last.lines + 1 };
    else shown.push({ kind: "folded", lines: 1 });
  });
  return shown;
}

function shortened(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
