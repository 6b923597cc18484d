/**
 * The view's copy of a notebook that the server owns: what the server has confirmed, what was sent or is still to be
 * sent, and what was typed since. What is shown is always all of that, in this order. Knows no socket and no page.
 *
 * Nothing that was typed is dropped: edits stay until they are acknowledged, over any number of lost connections.
 */
import { applyAll, type Edit } from "./edits";
import type { EditItem } from "./documentMessages";
import { type CellId, EMPTY_NOTEBOOK, type Notebook } from "./model";
import { overwritten } from "./undo";

/** Edits that the server has not acknowledged; `seq` is null until they are sent on the present socket. */
interface Pending {
  seq: number | null;
  readonly edits: readonly Edit[];
}

export interface Outgoing {
  readonly seq: number;
  readonly edits: readonly Edit[];
}

export class Replica {
  #confirmed: Notebook = EMPTY_NOTEBOOK;
  #pending: Pending[] = [];
  /** What was typed here, until somebody else changes it. */
  readonly #typed = new Map<CellId, string>();
  #drafts = new Map<CellId, string>();
  #shown: Notebook = EMPTY_NOTEBOOK;

  get shown(): Notebook {
    return this.#shown;
  }

  /** Whether something is not with the server yet, or not surely. */
  get hasUnconfirmed(): boolean {
    return this.#pending.length > 0 || this.#drafts.size > 0;
  }

  get hasDrafts(): boolean {
    return this.#drafts.size > 0;
  }

  /** The text of a cell as it is being typed. It becomes an edit by `flush`. */
  type(cell: CellId, source: string): void {
    this.#drafts.set(cell, source);
    this.#typed.set(cell, source);
    this.#shown = applyAll(this.#shown, [{ op: "set_source", cell, source }]);
  }

  /** Edits of the user, behind what was typed before. */
  edit(edits: readonly Edit[]): void {
    this.flush();
    for (const edit of edits) if (edit.op === "set_source") this.#typed.set(edit.cell, edit.source);
    this.#pending.push({ seq: null, edits });
    this.#shown = applyAll(this.#shown, edits);
  }

  /** What was typed becomes an edit that can be sent. */
  flush(): void {
    if (this.#drafts.size === 0) return;
    const edits = [...this.#drafts].map(([cell, source]): Edit => ({ op: "set_source", cell, source }));
    this.#drafts.clear();
    this.#pending.push({ seq: null, edits });
  }

  /** The messages that are to be sent now; each gets its number from `next`. */
  outgoing(next: () => number): readonly Outgoing[] {
    return this.#pending
      .filter((pending) => pending.seq === null)
      .map((pending) => {
        const seq = next();
        pending.seq = seq;
        return { seq, edits: pending.edits };
      });
  }

  /** A batch from the server, applied once. Returns the edits that bring back what others have overwritten. */
  confirm(items: readonly EditItem[]): readonly Edit[] {
    const before = this.#shown;
    const edits = items.flatMap((item) => ("edit" in item ? [item.edit] : this.#acknowledged(item.ack)));
    this.#confirmed = applyAll(this.#confirmed, edits);
    this.#refresh();
    return overwritten(before, this.#shown, items, this.#typed);
  }

  /** The whole notebook on the same socket: what was acknowledged by then is in it. */
  reset(notebook: Notebook, acked: number): void {
    this.#confirmed = notebook;
    this.#pending = this.#pending.filter(({ seq }) => seq === null || seq > acked);
    this.#refresh();
  }

  /** The whole notebook on a new socket: everything unconfirmed is to be sent again. */
  restart(notebook: Notebook): void {
    const rescued = this.#rescue(notebook);
    this.#confirmed = notebook;
    this.#pending = [...rescued, ...this.#pending].map(({ edits }) => ({ seq: null, edits }));
    this.#refresh();
  }

  /** The server did not take a message. What was typed stays; it is sent again with what is typed next. */
  refused(seq: number): boolean {
    const refused = this.#pending.find((pending) => pending.seq === seq);
    if (refused === undefined) return false;
    this.#pending = this.#pending.filter((pending) => pending !== refused);
    for (const edit of refused.edits) {
      if (edit.op === "set_source" && !this.#drafts.has(edit.cell)) this.#drafts.set(edit.cell, edit.source);
    }
    this.#refresh();
    return true;
  }

  #acknowledged(seq: number): readonly Edit[] {
    const done = this.#pending.filter((pending) => pending.seq !== null && pending.seq <= seq);
    this.#pending = this.#pending.filter((pending) => !done.includes(pending));
    return done.flatMap((pending) => pending.edits);
  }

  /** Cells that hold typed text and that the server, which may have been started anew, does not know: as they were. */
  #rescue(notebook: Notebook): Pending[] {
    const edits = this.#pending.flatMap((pending) => pending.edits);
    const inserted = edits.flatMap((edit) => (edit.op === "insert_cell" ? [edit.cell] : []));
    const known = new Set([...notebook.cells, ...inserted].map((cell) => cell.id));
    const typed = new Set([...this.#drafts.keys(), ...edits.flatMap((e) => (e.op === "set_source" ? [e.cell] : []))]);
    const lost = this.#shown.cells.flatMap((cell, index): Edit[] => {
      if (known.has(cell.id) || !typed.has(cell.id)) return [];
      return [{ op: "insert_cell", after: this.#shown.cells[index - 1]?.id ?? null, cell }];
    });
    return lost.length === 0 ? [] : [{ seq: null, edits: lost }];
  }

  #refresh(): void {
    const drafts = [...this.#drafts].map(([cell, source]): Edit => ({ op: "set_source", cell, source }));
    this.#shown = applyAll(this.#confirmed, [...this.#pending.flatMap((pending) => pending.edits), ...drafts]);
  }
}
