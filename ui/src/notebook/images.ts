/**
 * Images that are pasted or dropped go into a markdown cell: at the caret of the one that is edited, at the end of the
 * active one, else into a new one.
 */
import { base64Of } from "../wire/base64";
import { attach, type NamedImage, withParagraph } from "./attachments";
import { insertCells } from "./cellActions";
import { type CellId, newCell } from "./model";
import type { OpenNotebook } from "./openNotebook";

/** The images of a paste; none where there is text too, which is what is meant then (a spreadsheet offers both). */
export function pastedImages(transfer: DataTransfer | null): readonly File[] {
  if (transfer === null || transfer.getData("text/plain") !== "") return [];
  return [...transfer.files].filter(isImage);
}

/** Whether a browser may show it, and a notebook hold it. */
export function isImage(file: Blob): boolean {
  return /^image\/(png|jpe?g|gif|webp|svg\+xml|bmp|avif)$/.test(file.type);
}

/** Whether a paste of images means this notebook now: not while code is being edited. */
export function takesImages({ store }: OpenNotebook): boolean {
  const { active, mode } = store.selection;
  const id = active.peek();
  return mode.peek() === "command" || (id !== null && store.cell(id)?.peek().cell_type === "markdown");
}

/** Puts pasted images where the user is. */
export async function pasteImages(notebook: OpenNotebook, files: readonly File[]): Promise<void> {
  const images = await Promise.all(files.map(namedImage));
  const { store } = notebook;
  const { active, mode } = store.selection;
  const id = active.peek();
  const cell = id === null ? undefined : store.cell(id)?.peek();
  if (cell?.cell_type !== "markdown") {
    insertImageCell(notebook, id, images);
    return;
  }
  notebook.document.flush();
  const { attachments, text } = attach(store.cell(cell.id)?.peek() ?? cell, images);
  if (mode.peek() === "edit" && notebook.liveCell.peek() === cell.id) {
    // The text is the editor's to undo; an attachment that nothing shows does no harm.
    notebook.document.edit([{ op: "set_attachments", cell: cell.id, attachments }]);
    notebook.editor.insert(cell.id, text);
    return;
  }
  const source = withParagraph(store.cell(cell.id)?.peek().source ?? "", text);
  notebook.change({
    edits: [
      { op: "set_attachments", cell: cell.id, attachments },
      { op: "set_source", cell: cell.id, source },
    ],
  });
}

/** A new markdown cell behind another one, with images in it. */
export async function insertImages(
  notebook: OpenNotebook,
  after: CellId | null,
  files: readonly File[],
): Promise<void> {
  insertImageCell(notebook, after, await Promise.all(files.map(namedImage)));
}

function insertImageCell(notebook: OpenNotebook, after: CellId | null, images: readonly NamedImage[]): void {
  const { attachments, text } = attach({}, images);
  notebook.change(insertCells(after, [{ ...newCell(notebook.newId(), "markdown", text), attachments }]));
}

async function namedImage(file: File): Promise<NamedImage> {
  return { name: file.name, mime: file.type, data: await base64Of(file) };
}
