/** Cells moved to any place, or copied there from another notebook. Pure. */
import { type Change, copies, insertCells, moveCells, type NewId, NO_CHANGE } from "../cellActions";
import type { Cell, CellId } from "../model";

/** Moves cells behind another one, which may be one of them; null: to the beginning. They stay selected. */
export function moveTo(order: readonly CellId[], ids: readonly CellId[], after: CellId | null): Change {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return NO_CHANGE;
  const moved = new Set(ids);
  const place = after === null ? -1 : order.indexOf(after);
  const target = order.slice(0, place + 1).findLast((id) => !moved.has(id)) ?? null;
  const rest = order.filter((id) => !moved.has(id));
  const at = target === null ? 0 : rest.indexOf(target) + 1;
  const result = [...rest.slice(0, at), ...ids, ...rest.slice(at)];
  if (result.every((id, index) => id === order[index])) return NO_CHANGE;
  return { ...moveCells(ids, target), select: [first, last] };
}

/** Puts copies of cells behind another one; they are selected. */
export function copyTo(cells: readonly Cell[], after: CellId | null, newId: NewId): Change {
  return insertCells(after, copies(cells, newId));
}
