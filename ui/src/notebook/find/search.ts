/**
 * Finding in a notebook: in the model, for most cells are not in the page. Pure, but that what was found in a cell is
 * kept for as long as neither the cell nor what is looked for changes: after a key only one cell is searched again.
 */
import type { Cell, CellId, Notebook } from "../model";
import { type Hit, hitsIn } from "./query";
import { textOfOutput } from "./texts";

export const MOST_HITS = 20_000;

/** One place where it was found. */
export interface Match extends Hit {
  readonly cell: CellId;
  /** The output by its place; null: in the source. */
  readonly output: number | null;
}

export class Searcher {
  readonly #regex: RegExp;
  readonly #outputs: boolean;
  readonly #found = new WeakMap<Cell, readonly Match[]>();

  constructor(regex: RegExp, outputs: boolean) {
    this.#regex = regex;
    this.#outputs = outputs;
  }

  /** In the order of the notebook, at most `MOST_HITS`. */
  matches(notebook: Notebook, within: ReadonlySet<CellId> | null): readonly Match[] {
    const all: Match[] = [];
    for (const cell of notebook.cells) {
      if (within !== null && !within.has(cell.id)) continue;
      for (const match of this.#in(cell)) all.push(match);
      if (all.length >= MOST_HITS) return all.slice(0, MOST_HITS);
    }
    return all;
  }

  #in(cell: Cell): readonly Match[] {
    let found = this.#found.get(cell);
    if (found === undefined) this.#found.set(cell, (found = this.#look(cell)));
    return found;
  }

  #look(cell: Cell): readonly Match[] {
    const source = this.#hits(cell.source).map((hit) => ({ ...hit, cell: cell.id, output: null }));
    if (!this.#outputs || cell.outputs === undefined) return source;
    const outputs = cell.outputs.flatMap((output, place) =>
      this.#hits(textOfOutput(output)).map((hit) => ({ ...hit, cell: cell.id, output: place })),
    );
    return [...source, ...outputs];
  }

  #hits(text: string): readonly Hit[] {
    return hitsIn(text, this.#regex, MOST_HITS);
  }
}

/** The sources of some cells with what was found in them, to be marked. */
export function marksOf(matches: readonly Match[], current: Match | null): ReadonlyMap<CellId, readonly Mark[]> {
  const marks = new Map<CellId, Mark[]>();
  for (const match of matches) {
    if (match.output !== null) continue;
    const list = marks.get(match.cell);
    const mark = { from: match.from, to: match.to, current: match === current };
    if (list === undefined) marks.set(match.cell, [mark]);
    else list.push(mark);
  }
  return marks;
}

export interface Mark extends Hit {
  readonly current: boolean;
}
