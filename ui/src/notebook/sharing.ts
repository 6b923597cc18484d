/**
 * A version of a notebook made of the cells and outputs of another one, as far as they hold the same: what nobody has
 * changed is drawn once, and keeps what the user sees of it (a file that was read again, a version that was restored).
 */
import type { Output } from "../wire/outputs";
import type { Cell, CellId, Notebook } from "./model";

/** The same as `notebook`, with the objects of `known` where they hold the same. */
export function sharing(known: Notebook, notebook: Notebook): Notebook {
  const cells = new Map<CellId, Cell>(known.cells.map((cell) => [cell.id, cell]));
  return { ...notebook, cells: notebook.cells.map((cell) => shared(cells.get(cell.id), cell)) };
}

function shared(known: Cell | undefined, cell: Cell): Cell {
  if (known === undefined || known === cell) return cell;
  if (isSame(known, cell)) return known;
  if (known.outputs === undefined || cell.outputs === undefined) return cell;
  return { ...cell, outputs: isSame(known.outputs, cell.outputs) ? known.outputs : sharedOutputs(known, cell.outputs) };
}

function sharedOutputs({ outputs: known = [] }: Cell, outputs: readonly Output[]): readonly Output[] {
  return outputs.map((output, index) => {
    const before = known[index];
    return before !== undefined && isSame(before, output) ? before : output;
  });
}

/** Whether both are the same JSON, whatever the order of keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [Object.entries(one), other as Readonly<Record<string, unknown>>];
  return (
    mine.length === Object.keys(theirs).length &&
    mine.every(([key, value]) => Object.hasOwn(theirs, key) && isSame(value, theirs[key]))
  );
}
