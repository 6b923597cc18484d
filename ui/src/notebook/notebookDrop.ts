/**
 * Files that are dropped between cells: images become a text cell that shows them, tables a code cell that loads them.
 * A line shows where; what is to be done the shell asks.
 */
import type { DropAction, Dropped, DropTarget } from "../design/drop";
import { notebookText } from "../i18n/notebook";
import { insertCells } from "./cellActions";
import { insertImages, isImage } from "./images";
import { loadSnippet, pathFrom } from "./loadSnippet";
import { type CellId, newCell } from "./model";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.drop;

export function notebookDrop(notebook: OpenNotebook): DropTarget {
  const { store } = notebook;
  let marked: HTMLElement | null = null;
  let after: CellId | null = null;

  const leave = (): void => {
    if (marked !== null) delete marked.dataset["drop"];
    marked = null;
  };

  const over = (element: Element, y: number): void => {
    leave();
    const order = store.order.peek();
    const cell = element.closest<HTMLElement>("[data-cell]");
    if (cell === null) {
      after = order.at(-1) ?? null; // beside or below the cells
      return;
    }
    const id = cell.dataset["cell"] ?? "";
    const box = cell.getBoundingClientRect();
    const isAbove = y < box.top + box.height / 2;
    after = isAbove ? (order[order.indexOf(id) - 1] ?? null) : id;
    marked = cell;
    cell.dataset["drop"] = isAbove ? "above" : "below";
  };

  const load = async (dropped: Dropped, place: CellId | null): Promise<void> => {
    const folder = store.folder.peek();
    const cells = [];
    for (const file of dropped.files) {
      const path = await dropped.pathOf(file, folder);
      const code = path === null ? null : loadSnippet(store.language.peek(), pathFrom(folder, path));
      if (code !== null) cells.push(newCell(notebook.newId(), "code", code));
    }
    if (cells.length > 0) notebook.change(insertCells(place, cells));
  };

  const actions = (dropped: Dropped): readonly DropAction[] => {
    const { files } = dropped;
    const place = after;
    if (files.every(isImage)) {
      return [{ label: text.image(files.length), run: () => insertImages(notebook, place, files) }];
    }
    const language = store.language.peek();
    if (files.some((file) => loadSnippet(language, file.name) === null)) return [];
    return [{ label: text.load, run: () => load(dropped, place) }];
  };

  return { over, leave, actions };
}
