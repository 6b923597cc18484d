/** What a reader hears of a cell: “Code cell 12 of 90, done in 1.4 s, has an error”. Pure but for reading signals. */
import { notebookText } from "../i18n/notebook";
import { duration, ordinal } from "../wire/duration";
import { isHidden } from "./cellActions";
import { cellState, doubtOf, errorIn } from "./cellState";
import { undecidedIn } from "./documentMessages";
import type { Cell, CellId } from "./model";
import type { CellRun, NotebookStore } from "./notebookStore";
import type { RunHistory } from "./runHistory";

const text = notebookText.cell;

/** Where a cell stands, and what its label is made of. */
export interface Labelled {
  readonly store: NotebookStore;
  readonly runHistory: RunHistory;
}

export function cellLabel({ store, runHistory }: Labelled, id: CellId): string {
  const cell = store.cell(id)?.value;
  if (cell === undefined) return "";
  const place = (store.places.value.get(id) ?? 0) + 1;
  const why = undecidedIn(store.document.value, id);
  return [
    text.label(text.kinds[cell.cell_type], place, store.order.value.length),
    ...(cell.cell_type === "code" ? codeParts(store, runHistory, cell) : []),
    ...(isHidden(cell, "source") ? [text.codeHidden] : []),
    ...((cell.outputs?.length ?? 0) > 0 && isHidden(cell, "outputs") ? [text.outputHidden] : []),
    ...(why !== null ? [text.undecided[why]] : []),
  ].join(", ");
}

function codeParts(store: NotebookStore, history: RunHistory, cell: Cell): readonly string[] {
  const error = errorIn(cell) === null ? [] : [text.hasError];
  return [...standing(store, history, cell.id), ...error];
}

function standing(store: NotebookStore, history: RunHistory, id: CellId): readonly string[] {
  const state = cellState(store, id);
  switch (state.at) {
    case "running":
      return [store.input.value?.cell === id ? text.waitsForInput : text.running];
    case "queued":
      return [text.waiting(ordinal(state.place))];
    case "rest": {
      const doubt = doubtOf(store, history, id);
      const ended = state.run === null ? [] : [endOf(state.run)];
      if (state.run === null && state.count === null && doubt === null) return [text.notRun];
      return doubt === null ? ended : [...ended, text[doubt]];
    }
  }
}

function endOf({ status, seconds }: CellRun): string {
  const time = seconds === null ? "" : duration(seconds);
  if (status === "interrupted") return text.interruptedAfter(time);
  if (status === "died") return text.diedAfter(time);
  return text.done(time);
}
