/** The edits that lead from one version of a notebook to another, cell by cell: what is the same is not touched. Pure. */
import { type Edit, Workpiece } from "./edits";
import type { Cell, Notebook } from "./model";

export function difference(from: Notebook, to: Notebook): readonly Edit[] {
  // What no edit names (unknown keys beside the cells) comes with the whole notebook.
  if (!isSame({ ...from, cells: [], metadata: {} }, { ...to, cells: [], metadata: {} }))
    return [{ op: "replace_notebook", notebook: to }];
  const work = new Workpiece(from);
  const edits: Edit[] = [];
  const add = (edit: Edit): void => {
    edits.push(edit);
    work.apply(edit);
  };
  const kept = new Set(to.cells.map((cell) => cell.id));
  for (const { id } of from.cells) if (!kept.has(id)) add({ op: "delete_cell", cell: id });
  let after: string | null = null;
  for (const cell of to.cells) {
    const now = work.cell(cell.id);
    if (now === undefined) add({ op: "insert_cell", after, cell });
    else {
      if (work.before(cell.id) !== after) add({ op: "move_cell", cell: cell.id, after });
      changes(now, cell, after).forEach(add);
    }
    after = cell.id;
  }
  if (!isSame(from.metadata, to.metadata)) add({ op: "set_notebook_metadata", metadata: to.metadata });
  return edits;
}

function changes(now: Cell, then: Cell, after: string | null): readonly Edit[] {
  if (now === then || isSame(now, then)) return [];
  const id = now.id;
  const { source, metadata } = then;
  const isPlain = isSame({ ...now, source, metadata }, then); // else it is simplest to put the whole cell there
  if (!isPlain) {
    return [
      { op: "delete_cell", cell: id },
      { op: "insert_cell", after, cell: then },
    ];
  }
  const edits: Edit[] = [];
  if (now.source !== source) edits.push({ op: "set_source", cell: id, source });
  if (!isSame(now.metadata, metadata)) edits.push({ op: "set_cell_metadata", cell: id, metadata });
  return edits;
}

/** Whether both are the same JSON, with the same order of keys: others are written anew, which does no harm. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
