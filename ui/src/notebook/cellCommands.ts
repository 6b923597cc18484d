/** The commands that insert, move, change and clear cells. */
import { cellPageText } from "../i18n/cellPage";
import { dragText } from "../i18n/drag";
import { notebookText } from "../i18n/notebook";
import {
  type Change,
  clearOutputs,
  duplicateCells,
  insertCells,
  makeHeading,
  moveDown,
  moveUp,
  setCellType,
  toggleHidden,
  toggleScrolled,
} from "./cellActions";
import type { CommandSketch } from "./commands";
import { type CellId, type CellType, newCell } from "./model";
import type { OpenNotebook } from "./openNotebook";

const { commands: titles, categories } = notebookText;

export function cellCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const { selection } = store;
  const category = categories.cell;
  const when = "command";
  const ids = (): readonly CellId[] => selection.selected.peek();
  const hasCell = (): boolean => selection.active.value !== null;
  /** A folded heading stands for its section. */
  const whole = (): readonly CellId[] => notebook.sections.whole(ids());
  const change = (make: (ids: readonly CellId[]) => Change) => (): void => notebook.change(make(ids()));
  const beside = (step: -1 | 1): readonly CellId[] => {
    const chosen = whole();
    const end = store.places.peek().get((step < 0 ? chosen[0] : chosen.at(-1)) ?? "") ?? -1;
    const id = notebook.sections.beside(end, step);
    return id === undefined ? [] : notebook.sections.whole([id]);
  };
  const insert = (below: boolean) => (): void => {
    const place = store.places.peek().get((below ? whole().at(-1) : ids()[0]) ?? "") ?? -1;
    const cell = newCell(notebook.newId(), "code");
    notebook.change(insertCells(store.order.peek()[below ? place : place - 1] ?? null, [cell]));
  };
  const typed = (cellType: CellType, key: string, title: string): CommandSketch => ({
    id: `notebook.to-${cellType}`,
    title,
    category,
    keys: [key],
    when,
    enabled: hasCell,
    run: change((cells) => setCellType(store.notebook, cells, cellType)),
  });
  const heading = (level: number): CommandSketch => ({
    id: `notebook.heading-${level}`,
    title: titles.heading(level),
    category,
    keys: [String(level)],
    when,
    enabled: hasCell,
    run: change((cells) => makeHeading(store.notebook, cells, level)),
  });
  const clear = (cells: () => readonly CellId[]) => (): void => notebook.change(clearOutputs(store.notebook, cells()));
  return [
    { id: "notebook.insert-above", title: titles.insertAbove, category, keys: ["A"], when, run: insert(false) },
    {
      id: "notebook.insert-below",
      title: titles.insertBelow,
      category,
      icon: "plus",
      keys: ["B"],
      when,
      run: insert(true),
    },
    {
      id: "notebook.duplicate",
      title: titles.duplicate,
      category,
      icon: "duplicate",
      enabled: hasCell,
      run: () => notebook.change(duplicateCells(store.notebook, whole(), () => notebook.newId())),
    },
    {
      id: "notebook.move-up",
      title: titles.moveUp,
      category,
      icon: "up",
      keys: ["Mod+Shift+Up"],
      when,
      enabled: hasCell,
      run: () => notebook.change(moveUp(whole(), beside(-1))),
    },
    {
      id: "notebook.move-down",
      title: titles.moveDown,
      category,
      icon: "down",
      keys: ["Mod+Shift+Down"],
      when,
      enabled: hasCell,
      run: () => notebook.change(moveDown(store.notebook, whole(), beside(1))),
    },
    {
      id: "notebook.edit-metadata",
      title: cellPageText.command,
      category,
      run: () => void (notebook.inspector.page.value = "cell"),
    },
    {
      id: "notebook.move-to",
      title: dragText.command,
      category,
      enabled: hasCell,
      run: () => void (notebook.moving.value = true),
    },
    {
      id: "notebook.line-numbers",
      title: titles.lineNumbers,
      category,
      keys: ["L"],
      when,
      enabled: hasCell,
      run: () => notebook.lineNumbers.toggle(ids()),
    },
    {
      id: "notebook.all-line-numbers",
      title: titles.allLineNumbers,
      category,
      keys: ["Shift+L"],
      when,
      run: () => notebook.lineNumbers.toggleEverywhere(),
    },
    typed("code", "Y", titles.toCode),
    typed("markdown", "M", titles.toMarkdown),
    typed("raw", "R", titles.toRaw),
    ...[1, 2, 3, 4, 5, 6].map(heading),
    { id: "notebook.clear-outputs", title: titles.clearOutputs, category, enabled: hasCell, run: clear(whole) },
    {
      id: "notebook.clear-all-outputs",
      title: titles.clearAllOutputs,
      category,
      run: clear(() => store.order.peek()),
    },
    {
      id: "notebook.toggle-output",
      title: titles.toggleOutput,
      category,
      keys: ["O"],
      when,
      enabled: hasCell,
      run: change((cells) => toggleHidden(store.notebook, cells, "outputs")),
    },
    {
      id: "notebook.toggle-output-scrolling",
      title: titles.toggleScrolling,
      category,
      keys: ["Shift+O"],
      when,
      enabled: hasCell,
      run: change((cells) => toggleScrolled(store.notebook, cells)),
    },
    {
      id: "notebook.toggle-code",
      title: titles.toggleCode,
      category,
      enabled: hasCell,
      run: change((cells) => toggleHidden(store.notebook, cells, "source")),
    },
  ];
}
