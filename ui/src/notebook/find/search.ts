/**
 * Finding in a notebook: in the model, for most cells are not in the page. Pure, but that what was found in a cell is
 * kept for as long as neither the cell nor what is looked for changes: after a key only one cell is searched again.
 */
import type { Cell, CellId, Notebook } from "../model";
import type { Looker } from "./lookThread";
import { type Hit, hitsIn } from "./query";
import { textOfOutput } from "./texts";

export const MOST_HITS = 20_000;

/** One place where it was found. */
export interface Match extends Hit {
  readonly cell: CellId;
  /** The output by its place; null: in the source. */
  readonly output: number | null;
}

/** Looks through a notebook for one thing. */
export interface Search {
  /** In the order of the notebook, at most `MOST_HITS`; null: not known yet, `changed` is called when it is. */
  matches(notebook: Notebook, within: ReadonlySet<CellId> | null): readonly Match[] | null;
}

/** The texts of a cell that are searched: its source (`output` null), and what its outputs show. */
function textsOf(
  cell: Cell,
  withOutputs: boolean,
): readonly { readonly output: number | null; readonly text: string }[] {
  const source = { output: null, text: cell.source };
  if (!withOutputs || cell.outputs === undefined) return [source];
  return [source, ...cell.outputs.map((output, place) => ({ output: place, text: textOfOutput(output) }))];
}

/** Plain text: at once. */
export class Searcher implements Search {
  readonly #regex: RegExp;
  readonly #outputs: boolean;
  readonly #found = new WeakMap<Cell, readonly Match[]>();

  constructor(regex: RegExp, outputs: boolean) {
    this.#regex = regex;
    this.#outputs = outputs;
  }

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
    return textsOf(cell, this.#outputs).flatMap(({ output, text }) =>
      hitsIn(text, this.#regex, MOST_HITS).map((hit) => ({ ...hit, cell: cell.id, output })),
    );
  }
}

/** A regular expression: in another thread, cell by cell. */
export class RegexSearcher implements Search {
  readonly looker: Looker;
  readonly #outputs: boolean;
  readonly #changed: () => void;
  readonly #found = new WeakMap<Cell, readonly Match[] | "asked">();
  #asked = 0;

  constructor(looker: Looker, outputs: boolean, changed: () => void) {
    this.looker = looker;
    this.#outputs = outputs;
    this.#changed = changed;
  }

  matches(notebook: Notebook, within: ReadonlySet<CellId> | null): readonly Match[] | null {
    const cells = notebook.cells.filter(({ id }) => within === null || within.has(id));
    const found = cells.map((cell) => this.#found.get(cell));
    cells.forEach((cell, at) => found[at] === undefined && this.#ask(cell));
    const all: Match[] = [];
    for (const matches of found) {
      if (matches === undefined || matches === "asked") return null;
      for (const match of matches) all.push(match);
      if (all.length >= MOST_HITS) return all.slice(0, MOST_HITS);
    }
    return all;
  }

  #ask(cell: Cell): void {
    this.#found.set(cell, "asked");
    this.#asked += 1;
    const texts = textsOf(cell, this.#outputs);
    void Promise.all(texts.map(({ text }) => this.looker.ask(text))).then((found) => {
      const matches = texts.flatMap(({ output }, at) =>
        (found[at] ?? []).map((hit) => ({ ...hit, cell: cell.id, output })),
      );
      this.#found.set(cell, matches);
      this.#asked -= 1;
      if (this.#asked === 0) this.#changed();
    });
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
