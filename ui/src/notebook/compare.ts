/**
 * What is different between two notebooks, cell by cell, for people (`difference.ts` has it as edits). Outputs do not
 * count: a run alone changes nothing that somebody has written. Pure values.
 */
import type { Cell, Notebook } from "./model";

export type LineChange = "same" | "added" | "removed";

export interface Line {
  readonly change: LineChange;
  readonly text: string;
}

export interface CellChange {
  readonly kind: "added" | "removed" | "changed" | "same";
  readonly cell: Cell;
  readonly lines: readonly Line[];
}

const MANY_LINES = 2_000; // beyond which a changed cell is shown as all its old and all its new lines

/** What became of the cells of `then` until `now`: those of now in their order, the removed ones behind what they followed. */
export function compare(then: Notebook, now: Notebook): readonly CellChange[] {
  const before = new Map(then.cells.map((cell) => [cell.id, cell]));
  const kept = new Set(now.cells.map((cell) => cell.id));
  const changes: CellChange[] = [];
  const removedAfter = new Map<string | null, Cell[]>();
  let last: string | null = null;
  for (const cell of then.cells) {
    if (kept.has(cell.id)) last = cell.id;
    else removedAfter.set(last, [...(removedAfter.get(last) ?? []), cell]);
  }
  const removed = (after: string | null): void => {
    for (const cell of removedAfter.get(after) ?? []) changes.push(whole("removed", cell));
  };
  removed(null);
  for (const cell of now.cells) {
    const old = before.get(cell.id);
    if (old === undefined) changes.push(whole("added", cell));
    else if (old.source === cell.source && old.cell_type === cell.cell_type) changes.push(whole("same", cell));
    else changes.push({ kind: "changed", cell, lines: compareLines(old.source, cell.source) });
    removed(cell.id);
  }
  return changes;
}

function whole(kind: "added" | "removed" | "same", cell: Cell): CellChange {
  return { kind, cell, lines: cell.source.split("\n").map((text) => ({ change: kind, text })) };
}

/** The lines of both texts, those that they share only once. */
export function compareLines(before: string, after: string): readonly Line[] {
  const [old, young] = [before.split("\n"), after.split("\n")];
  if (old.length * young.length > MANY_LINES * MANY_LINES) {
    return [...old.map((text) => line("removed", text)), ...young.map((text) => line("added", text))];
  }
  const width = young.length + 1;
  const common = new Uint32Array((old.length + 1) * width); // the longest common part from here to the end
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = young.length - 1; j >= 0; j--)
      common[i * width + j] = old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const [gone, come] = [old[i], young[j]];
    if (gone !== undefined && gone === come) {
      lines.push(line("same", gone));
      i += 1;
      j += 1;
    } else if (gone !== undefined && (come === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(line("removed", gone));
      i += 1;
    } else {
      lines.push(line("added", come ?? ""));
      j += 1;
    }
  }
  return lines;
}

function line(change: LineChange, text: string): Line {
  return { change, text };
}
