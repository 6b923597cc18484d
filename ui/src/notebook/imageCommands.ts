/** What can be done with the image that a cell shows: it is copied, or saved as a file. */
import { asPng } from "../design/copyImage";
import { saveFile } from "../design/saveFile";
import { notebookText } from "../i18n/notebook";
import { blobOf } from "../wire/base64";
import type { CommandSketch } from "./commands";
import type { Cell } from "./model";
import type { OpenNotebook } from "./openNotebook";

const { commands: titles, categories, notices } = notebookText;
const SVG = "image/svg+xml";
const SHOWN = [SVG, "image/png", "image/jpeg", "image/gif", "image/webp"];
const EXTENSIONS: Readonly<Record<string, string>> = { "image/jpeg": "jpg", [SVG]: "svg" };

export function imageCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const cell = (): Cell | undefined => {
    const id = store.selection.active.value;
    return id === null ? undefined : store.cell(id)?.value;
  };
  const enabled = (): boolean => firstImage(cell()) !== null;
  return [
    {
      id: "notebook.copy-image",
      title: titles.copyImage,
      category: categories.edit,
      enabled,
      run: async () => {
        const image = imageIn(cell());
        if (image === null) return;
        const copied = await notebook.copyImage(await asPng(image));
        store.notify(copied ? notices.imageCopied : notices.imageNotCopied);
      },
    },
    {
      id: "notebook.save-image",
      title: titles.saveImage,
      category: categories.file,
      enabled,
      run: () => {
        const [image, active] = [imageIn(cell()), cell()];
        if (image === null || active === undefined) return;
        const stem = (store.document.peek().path.split("/").at(-1) ?? "").replace(/\.ipynb$/i, "");
        const place = (store.places.peek().get(active.id) ?? 0) + 1;
        saveFile(image, `${stem}-${place}.${EXTENSIONS[image.type] ?? image.type.replace("image/", "")}`);
      },
    },
  ];
}

/** The first image among a cell's outputs, in the form that is shown. */
export function imageIn(cell: Cell | undefined): Blob | null {
  const image = firstImage(cell);
  if (image === null) return null;
  const { mime, data } = image;
  return mime === SVG ? new Blob([data], { type: SVG }) : blobOf(data.replace(/\s/g, ""), mime);
}

function firstImage(cell: Cell | undefined): { readonly mime: string; readonly data: string } | null {
  for (const output of cell?.outputs ?? []) {
    if (output.output_type !== "display_data" && output.output_type !== "execute_result") continue;
    for (const mime of SHOWN) {
      const data = output.data[mime];
      if (typeof data === "string") return { mime, data };
    }
  }
  return null;
}
