/** The commands that run cells, and those that say which ones are meant. */
import type { CommandMode } from "../design/command";
import { notebookText } from "../i18n/notebook";
import { changedCells } from "./cellState";
import type { CommandSketch } from "./commands";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";
import { goToError } from "./outputHost";

const { commands: titles, categories, notices } = notebookText;

export function runCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const { selection } = store;
  const category = categories.run;
  const hasCell = (): boolean => selection.active.value !== null;
  /** A folded heading stands for its section. */
  const selected = (): readonly CellId[] => notebook.sections.whole(selection.selected.peek());
  const stay = (): void => {
    const id = selection.active.peek();
    if (id !== null && selection.mode.peek() === "edit") selection.select(id);
  };
  const advance = (): void => {
    const ids = selected();
    const last = ids.at(-1) ?? null;
    notebook.run(ids);
    const next = last === null ? undefined : notebook.sections.beside(store.places.peek().get(last) ?? 0, 1);
    if (next === undefined) notebook.insert(last, "code");
    else selection.select(next);
  };
  const insert = (): void => {
    const ids = selected();
    notebook.run(ids);
    notebook.insert(ids.at(-1) ?? null, "code");
  };
  /** Texts are rendered without a server. */
  const offline = (): string =>
    selection.selected.value.some((id) => store.cell(id)?.value.cell_type === "code") ? notices.offlineRun : "";
  const part = (from: number, to?: number): void => notebook.run(store.order.peek().slice(from, to));
  return [
    {
      id: "notebook.run-and-advance",
      title: titles.runAndAdvance,
      category,
      icon: "run",
      keys: ["Shift+Enter"],
      enabled: hasCell,
      offline,
      run: advance,
    },
    {
      id: "notebook.run",
      title: titles.run,
      category,
      icon: "run",
      keys: ["Mod+Enter"],
      enabled: hasCell,
      offline,
      run: () => {
        notebook.run(selected());
        stay();
      },
    },
    { id: "notebook.run-and-insert", title: titles.runAndInsert, category, keys: ["Alt+Enter"], offline, run: insert },
    {
      id: "notebook.run-selected",
      title: titles.runSelected,
      category,
      enabled: hasCell,
      offline,
      run: () => notebook.run(selected()),
    },
    {
      id: "notebook.run-section",
      title: titles.runSection,
      category,
      enabled: hasCell,
      offline: notices.offlineRun,
      run: () => notebook.run(notebook.sections.section(selection.index)),
    },
    {
      id: "notebook.run-changed",
      title: titles.runChanged,
      category,
      offline: notices.offlineRun,
      run: () => {
        const changed = changedCells(store);
        if (changed.length === 0) store.notify(notices.nothingChanged);
        else notebook.run(changed);
      },
    },
    { id: "notebook.run-all", title: titles.runAll, category, offline: notices.offlineRun, run: () => part(0) },
    {
      id: "notebook.run-all-above",
      title: titles.runAllAbove,
      category,
      offline: notices.offlineRun,
      run: () => part(0, selection.index),
    },
    {
      id: "notebook.run-all-below",
      title: titles.runAllBelow,
      category,
      offline: notices.offlineRun,
      run: () => part(selection.index),
    },
  ];
}

export function selectCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const { selection } = store;
  const category = categories.select;
  const when = "command";
  const { sections } = notebook;
  const beside = (step: number): CellId | undefined => sections.beside(selection.index, step);
  const first = (): CellId | undefined => store.order.peek()[0];
  const last = (): CellId | undefined => sections.beside(store.order.peek().length, -1);
  const select = (id: CellId | undefined): void => (id === undefined ? selection.collapse() : selection.select(id));
  const extend = (id: CellId | undefined): void => {
    if (id !== undefined) selection.extendTo(id);
  };
  const sketch = (
    id: string,
    title: string,
    keys: readonly string[],
    run: () => void,
    mode: CommandMode = when,
  ): CommandSketch => ({ id: `notebook.${id}`, title, category, keys, when: mode, run });
  return [
    sketch("select-next", titles.selectNext, ["Down", "J"], () => select(beside(1))),
    sketch("select-previous", titles.selectPrevious, ["Up", "K"], () => select(beside(-1))),
    sketch("extend-next", titles.extendNext, ["Shift+Down", "Shift+J"], () => extend(beside(1))),
    sketch("extend-previous", titles.extendPrevious, ["Shift+Up", "Shift+K"], () => extend(beside(-1))),
    sketch("select-all", titles.selectAll, ["Mod+A"], () => selection.selectAll()),
    sketch("next-error", titles.nextError, ["F8"], () => goToError(notebook), "always"),
    sketch("first-cell", titles.firstCell, ["Home", "Mod+Home"], () => select(first())),
    sketch("last-cell", titles.lastCell, ["End", "Mod+End"], () => select(last())),
    sketch("extend-first", titles.extendFirst, ["Shift+Home"], () => extend(first())),
    sketch("extend-last", titles.extendLast, ["Shift+End"], () => extend(last())),
    sketch("edit-mode", titles.editMode, ["Enter"], () => {
      const id = selection.active.peek();
      if (id === null) notebook.insert(null, "code");
      else selection.edit(id);
    }),
    sketch("command-mode", titles.commandMode, ["Escape"], () => {
      if (selection.mode.peek() === "edit") selection.command();
      else selection.collapse();
    }),
    sketch("leave-cell", titles.commandMode, ["Mod+M"], () => selection.command(), "edit"),
    sketch("scroll-down", titles.scrollDown, ["Space"], () => notebook.page?.scrollPages(1)),
    sketch("scroll-up", titles.scrollUp, ["Shift+Space"], () => notebook.page?.scrollPages(-1)),
  ];
}
