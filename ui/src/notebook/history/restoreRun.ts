/** What of a past run comes back into its cell, as edits that can be undone. Pure. */
import type { Edit } from "../edits";
import type { Cell } from "../model";
import type { PastRun, PastRunContent } from "./pastRunsStore";

/** The source that was run. Outputs stay as they are. */
export function restoreSource(cell: Cell, { source }: PastRunContent): readonly Edit[] {
  return cell.source === source ? [] : [{ op: "set_source", cell: cell.id, source }];
}

/** The source, and what came of it. */
export function restoreAll(cell: Cell, run: PastRun, content: PastRunContent): readonly Edit[] {
  if (cell.cell_type !== "code") return restoreSource(cell, content);
  return [
    ...restoreSource(cell, content),
    { op: "set_outputs", cell: cell.id, outputs: content.outputs },
    { op: "set_execution_count", cell: cell.id, execution_count: run.count },
  ];
}

/** Whether a cell shows what came of a run. */
export function showsOutputs(cell: Cell, { outputs }: PastRunContent): boolean {
  return JSON.stringify(cell.outputs ?? []) === JSON.stringify(outputs);
}
