/** The commands of sections: folding them, going from one to the next, and to where something runs or has failed. */
import { inspectorText } from "../../i18n/inspector";
import { outlineText } from "../../i18n/outline";
import { notebookText } from "../../i18n/notebook";
import { insertCell } from "../cellActions";
import { errorIn } from "../cellState";
import type { CommandSketch } from "../commands";
import { type CellId, newCell } from "../model";
import type { OpenNotebook } from "../openNotebook";
import { levelOf } from "./sections";

const { commands: titles, category, view } = outlineText;

export function outlineCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  return [...foldCommands(notebook), ...goCommands(notebook), ...headingCommands(notebook)];
}

function foldCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { sections } = notebook;
  const when = "command";
  const sketch = (id: string, title: string, keys: readonly string[], run: () => void): CommandSketch => {
    return { id: `notebook.${id}`, title, category: view, keys, when, run };
  };
  return [
    {
      id: "document.inspector",
      title: inspectorText.toggle,
      category: view,
      keys: ["Mod+I"],
      run: () => void (notebook.inspector.page.value = notebook.inspector.page.peek() === null ? "outline" : null),
    },
    {
      id: "document.outline",
      title: titles.outline,
      category: view,
      run: () => void (notebook.inspector.page.value = notebook.inspector.page.peek() === "outline" ? null : "outline"),
    },
    {
      id: "document.outline-code",
      title: titles.outlineCode,
      category: view,
      run: () => {
        notebook.inspector.setOutlineCode(!notebook.inspector.outlineCode.value);
        notebook.inspector.page.value = "outline";
      },
    },
    sketch("fold", titles.fold, ["Left"], () => foldHere(notebook)),
    sketch("unfold", titles.unfold, ["Right"], () => {
      const id = notebook.store.selection.active.peek();
      if (id !== null) sections.fold(id, false);
    }),
    sketch("fold-all", titles.foldAll, ["Mod+Shift+Left"], () => sections.foldAll(true)),
    sketch("unfold-all", titles.unfoldAll, ["Mod+Shift+Right"], () => sections.foldAll(false)),
  ];
}

/** A heading is folded; from one that is folded, and from other cells, it goes to the heading above. */
function foldHere({ store, sections }: OpenNotebook): void {
  const id = store.selection.active.peek();
  const cell = id === null ? undefined : store.cell(id)?.peek();
  if (id === null || cell === undefined) return;
  if (levelOf(cell) !== null && !sections.folds.peek().counts.has(id)) return sections.fold(id, true);
  const above = sections.headingAbove(store.selection.index);
  if (above !== undefined) store.selection.select(above);
}

function goCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store, sections } = notebook;
  const { selection } = store;
  const go = (id: CellId | null | undefined): void => {
    if (id != null) selection.select(id);
  };
  const section = (step: 1 | -1) => (): void => go(store.order.peek()[sections.nextHeading(selection.index, step)]);
  const lastError = (): CellId | null => {
    const failed = notebook.runHistory.lastFailed.peek();
    if (failed !== null && store.places.peek().has(failed)) return failed;
    return store.notebook.cells.findLast((cell) => errorIn(cell) !== null)?.id ?? null;
  };
  return [
    {
      id: "notebook.next-section",
      title: titles.nextSection,
      category,
      keys: ["Alt+Down"],
      when: "command",
      run: section(1),
    },
    {
      id: "notebook.previous-section",
      title: titles.previousSection,
      category,
      keys: ["Alt+Up"],
      when: "command",
      run: section(-1),
    },
    {
      id: "notebook.go-running",
      title: titles.running,
      category,
      enabled: () => store.run.value.running !== null,
      run: () => go(store.run.peek().running),
    },
    {
      id: "notebook.go-error",
      title: titles.lastError,
      category,
      run: () => {
        const id = lastError();
        if (id === null) store.notify(notebookText.notices.noError);
        else go(id);
      },
    },
  ];
}

function headingCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store, sections } = notebook;
  const insert = (below: boolean) => (): void => {
    const { selected, index } = store.selection;
    const above = store.notebook.cells.slice(0, index + 1).findLast((cell) => levelOf(cell) !== null);
    const level = above === undefined ? 1 : (levelOf(above) ?? 1);
    const cell = newCell(notebook.newId(), "markdown", `${"#".repeat(level)} `);
    const ids = sections.whole(selected.peek());
    const place = store.places.peek().get((below ? ids.at(-1) : ids[0]) ?? "") ?? -1;
    notebook.change(insertCell(store.order.peek()[below ? place : place - 1] ?? null, cell, "end"));
  };
  return [
    {
      id: "notebook.insert-heading-above",
      title: titles.insertHeadingAbove,
      category: notebookText.categories.cell,
      keys: ["Shift+A"],
      when: "command",
      run: insert(false),
    },
    {
      id: "notebook.insert-heading-below",
      title: titles.insertHeadingBelow,
      category: notebookText.categories.cell,
      keys: ["Shift+B"],
      when: "command",
      run: insert(true),
    },
  ];
}
