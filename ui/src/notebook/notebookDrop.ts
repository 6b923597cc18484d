/**
 * Files that are dropped between cells: images become a text cell that shows them, tables a code cell that loads them.
 * A line shows where; what is to be done the shell asks.
 */
import type { DropAction, Dropped, DropTarget } from "../design/drop";
import { notebookText } from "../i18n/notebook";
import { insertCells } from "./cellActions";
import { DropMark } from "./drag/dropMark";
import { insertImages, isImage } from "./images";
import { loadSnippet, pathFrom } from "./loadSnippet";
import { type CellId, newCell } from "./model";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.drop;

export function notebookDrop(notebook: OpenNotebook): DropTarget {
  const { store } = notebook;
  const mark = new DropMark(notebook);

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
    const place = mark.after;
    if (files.every(isImage)) {
      return [{ label: text.image(files.length), run: () => insertImages(notebook, place, files) }];
    }
    const language = store.language.peek();
    if (files.some((file) => loadSnippet(language, file.name) === null)) return [];
    return [{ label: text.load, run: () => load(dropped, place) }];
  };

  return { over: (element, y) => mark.over(element, y), leave: () => mark.leave(), actions };
}
