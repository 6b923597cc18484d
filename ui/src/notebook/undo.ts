/**
 * Undo and redo of what was done to cells (typing has its own, in the editor). An action is undone by its inverse
 * edits; what is redone is the inverse of those, so that text typed in between comes back too. Pure values.
 */
import { difference } from "./difference";
import type { EditItem } from "./documentMessages";
import { type Edit, Workpiece } from "./edits";
import type { Cell, CellId, Notebook } from "./model";

const LIMIT = 200; // actions

export interface UndoStep {
  readonly edits: readonly Edit[];
  /** The cell that was active before the action. */
  readonly active: CellId | null;
}

export class UndoHistory {
  #done: readonly UndoStep[] = [];
  #undone: readonly UndoStep[] = [];

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Notes an action that is about to be done. */
  record(notebook: Notebook, edits: readonly Edit[], active: CellId | null): void {
    this.#done = [...this.#done, { edits: inverse(notebook, edits), active }].slice(-LIMIT);
    this.#undone = [];
  }

  /** Notes what others have done to what is the user's: it can be taken back as an own action can. */
  recordOthers(edits: readonly Edit[], active: CellId | null): void {
    if (edits.length > 0) this.#done = [...this.#done, { edits, active }].slice(-LIMIT);
  }

  /** The edits that undo the last action. */
  undo(notebook: Notebook, active: CellId | null): UndoStep | null {
    const step = this.#done.at(-1);
    if (step === undefined) return null;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, { edits: inverse(notebook, step.edits), active }];
    return step;
  }

  redo(notebook: Notebook, active: CellId | null): UndoStep | null {
    const step = this.#undone.at(-1);
    if (step === undefined) return null;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, { edits: inverse(notebook, step.edits), active }];
    return step;
  }

  /** Another notebook has taken the place of this one. */
  clear(): void {
    this.#done = this.#undone = [];
  }
}

/**
 * The edits that bring back what others have overwritten: the whole notebook that was replaced (read again, merged,
 * another version), or a text that was typed here. `typed` has the texts that nobody else has changed since.
 */
export function overwritten(
  before: Notebook,
  after: Notebook,
  items: readonly EditItem[],
  typed: Map<CellId, string>,
): readonly Edit[] {
  const edits = items.flatMap((item) => ("edit" in item ? [item.edit] : []));
  if (edits.some((edit) => edit.op === "replace_notebook")) return difference(after, before);
  const cells = new Set(edits.flatMap((edit) => (edit.op === "set_source" ? [edit.cell] : [])));
  return [...cells].flatMap((cell): readonly Edit[] => {
    const source = typed.get(cell);
    const [was, now] = [before, after].map(({ cells }) => cells.find((one) => one.id === cell)?.source);
    if (source === undefined || was !== source || now === undefined || now === source) return [];
    typed.delete(cell);
    return [{ op: "set_source", cell, source }];
  });
}

/** The edits that lead back from the notebook after `edits` to `notebook`. */
export function inverse(notebook: Notebook, edits: readonly Edit[]): readonly Edit[] {
  const work = new Workpiece(notebook);
  const back = edits.map((edit) => {
    const undo = inverseOf(work, edit);
    work.apply(edit);
    return undo;
  });
  return back.reverse().flat();
}

function inverseOf(work: Workpiece, edit: Edit): readonly Edit[] {
  switch (edit.op) {
    case "insert_cell":
      return work.cell(edit.cell.id) === undefined ? [{ op: "delete_cell", cell: edit.cell.id }] : [];
    case "set_notebook_metadata":
      return [{ op: "set_notebook_metadata", metadata: work.metadata }];
    case "replace_notebook":
      return difference(edit.notebook, work.finished());
    default: {
      const cell = work.cell(edit.cell);
      return cell === undefined ? [] : inverseOnCell(work, edit.op, cell);
    }
  }
}

type OpOnCell = Exclude<Edit["op"], "insert_cell" | "set_notebook_metadata" | "replace_notebook">;

function inverseOnCell(work: Workpiece, op: OpOnCell, cell: Cell): readonly Edit[] {
  const { id } = cell;
  switch (op) {
    case "delete_cell":
      return [{ op: "insert_cell", after: work.before(id), cell }];
    case "move_cell":
      return [{ op: "move_cell", cell: id, after: work.before(id) }];
    case "set_source":
      return [{ op: "set_source", cell: id, source: cell.source }];
    case "set_cell_metadata":
      return [{ op: "set_cell_metadata", cell: id, metadata: cell.metadata }];
    case "set_attachments":
      return [{ op: "set_attachments", cell: id, attachments: cell.attachments ?? null }];
    case "set_cell_type":
      // Outputs that a broken file has on a markdown cell can only come back with the whole cell.
      if (cell.cell_type !== "code" && (cell.outputs ?? cell.execution_count) !== undefined)
        return replaced(work, cell);
      return [{ op: "set_cell_type", cell: id, cell_type: cell.cell_type }, ...contentOf(cell)];
    case "set_execution_count":
      return [{ op: "set_execution_count", cell: id, execution_count: cell.execution_count ?? null }];
    case "clear_outputs":
    case "append_output":
    case "replace_output":
    case "set_outputs":
      return [{ op: "set_outputs", cell: id, outputs: cell.outputs ?? [] }];
  }
}

function replaced(work: Workpiece, cell: Cell): readonly Edit[] {
  return [
    { op: "delete_cell", cell: cell.id },
    { op: "insert_cell", after: work.before(cell.id), cell },
  ];
}

/** What a change of the type drops. */
function contentOf(cell: Cell): readonly Edit[] {
  if (cell.cell_type !== "code") {
    return cell.attachments === undefined
      ? []
      : [{ op: "set_attachments", cell: cell.id, attachments: cell.attachments }];
  }
  return [
    { op: "set_outputs", cell: cell.id, outputs: cell.outputs ?? [] },
    { op: "set_execution_count", cell: cell.id, execution_count: cell.execution_count ?? null },
  ];
}
