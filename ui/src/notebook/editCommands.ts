/** The commands of the clipboard, of undo, and those that take cells apart and put them together. */
import { notebookText } from "../i18n/notebook";
import { cellsOf, copies, deleteCells, insertCells, mergeCells, splitCell } from "./cellActions";
import type { CommandSketch } from "./commands";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";

const { commands: titles, categories, notices } = notebookText;

export function editCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store, clipboard } = notebook;
  const { selection } = store;
  const category = categories.edit;
  const when = "command";
  const newId = (): CellId => notebook.newId();
  const ids = (): readonly CellId[] => selection.selected.peek();
  const hasCell = (): boolean => selection.active.value !== null;
  /** A folded heading stands for its section. */
  const whole = (): readonly CellId[] => notebook.sections.whole(ids());
  const copy = (): void => clipboard.copy(cellsOf(store.notebook, whole()));
  const remove = (): void => notebook.change(deleteCells(store.notebook, whole(), newId));
  const paste = (below: boolean) => async (): Promise<void> => {
    const cells = copies(await clipboard.paste(), newId);
    if (cells.length === 0) {
      store.notify(notices.nothingToPaste);
      return;
    }
    const place = store.places.peek().get((below ? whole().at(-1) : ids()[0]) ?? "") ?? -1;
    notebook.change(insertCells(store.order.peek()[below ? place : place - 1] ?? null, cells));
  };
  const merge = (other: -1 | 1) => (): void => {
    const chosen = ids();
    const beside = store.order.peek()[selection.index + other];
    const both = beside === undefined ? [] : [selection.active.peek() ?? "", beside];
    notebook.change(mergeCells(store.notebook, chosen.length > 1 ? chosen : both));
  };
  return [
    {
      id: "notebook.undo",
      title: titles.undo,
      category,
      keys: ["Z", "Mod+Z"],
      when,
      enabled: () => notebook.canUndo,
      run: () => notebook.undo(),
    },
    {
      id: "notebook.redo",
      title: titles.redo,
      category,
      keys: ["Shift+Z", "Mod+Shift+Z", "Mod+Y"],
      when,
      enabled: () => notebook.canRedo,
      run: () => notebook.redo(),
    },
    {
      id: "notebook.cut",
      title: titles.cut,
      category,
      keys: ["X"],
      when,
      enabled: hasCell,
      run: () => {
        copy();
        remove();
      },
    },
    { id: "notebook.copy", title: titles.copy, category, keys: ["C"], when, enabled: hasCell, run: copy },
    { id: "notebook.paste-below", title: titles.pasteBelow, category, keys: ["V"], when, run: paste(true) },
    { id: "notebook.paste-above", title: titles.pasteAbove, category, keys: ["Shift+V"], when, run: paste(false) },
    {
      id: "notebook.delete-cells",
      title: titles.deleteCells,
      category,
      icon: "trash",
      keys: ["D D"],
      when,
      enabled: hasCell,
      run: remove,
    },
    {
      id: "notebook.split",
      title: titles.split,
      category,
      keys: ["Mod+Shift+-"],
      when: "edit",
      enabled: () => notebook.editor.cursor.value !== null,
      run: () => splitAtCaret(notebook),
    },
    {
      id: "notebook.merge-below",
      title: titles.mergeBelow,
      category,
      keys: ["Shift+M", "Mod+Shift+M"],
      when,
      enabled: hasCell,
      run: merge(1),
    },
    {
      id: "notebook.merge-above",
      title: titles.mergeAbove,
      category,
      keys: ["Mod+Backspace"],
      when,
      enabled: hasCell,
      run: merge(-1),
    },
  ];
}

function splitAtCaret(notebook: OpenNotebook): void {
  const id = notebook.store.selection.active.peek();
  const cursor = notebook.editor.cursor.peek();
  const source = id === null ? undefined : notebook.store.cell(id)?.peek().source;
  if (id === null || cursor === null || source === undefined) return;
  const lines = source.split("\n").slice(0, cursor.line - 1);
  const offset = lines.reduce((sum, line) => sum + line.length + 1, 0) + cursor.column - 1;
  notebook.change(splitCell(notebook.store.notebook, id, offset, () => notebook.newId()));
}
