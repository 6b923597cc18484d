/** “Export as…”: the notebook as it is shown, saved or not, in another format. The window or the browser asks where to. */
import { saveFile } from "../../design/saveFile";
import { exportingText as text } from "../../i18n/exporting";
import { notebookText } from "../../i18n/notebook";
import { sentenceOf } from "../../i18n/sentenceOf";
import { request, requestBytes } from "../../wire/http";
import type { Json } from "../../wire/json";
import { asObject, asText } from "../../wire/parse";
import type { CommandSketch } from "../commands";
import type { OpenNotebook } from "../openNotebook";

export function exportCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const category = notebookText.categories.file;
  const { offline } = notebookText.notices;
  const titles = text.commands;
  const told = (work: () => Promise<void>) => async (): Promise<void> => {
    try {
      notebook.document.flush();
      await work();
    } catch (error) {
      notebook.store.notify(text.failed(sentenceOf(error)));
    }
  };
  return [
    { id: "document.export-html", title: titles.html, category, offline, run: told(() => exportAsHtml(notebook)) },
    {
      id: "document.export-script",
      title: titles.script,
      category,
      offline,
      run: told(() => exportAsText(notebook, "py")),
    },
    {
      id: "document.export-markdown",
      title: titles.markdown,
      category,
      offline,
      run: told(() => exportAsText(notebook, "md")),
    },
    { id: "document.export-pdf", title: titles.pdf, category, offline, run: told(() => exportAsPdf(notebook)) },
  ];
}

async function exportAsHtml({ store, exporting }: OpenNotebook): Promise<void> {
  const { exportHtml } = await import("./exportHtml");
  const { notebook } = store;
  const pieces = await exporting.run(notebook.cells.length, (progress, signal) =>
    exportHtml(notebook, {
      title: stemOf(store.document.peek().path),
      pageLanguage: document.documentElement.lang,
      language: store.language.peek(),
      folder: store.folder.peek(),
      withInput: true,
      load: requestBytes,
      progress,
      signal,
    }),
  );
  if (pieces === null) return;
  saveFile(new Blob([...pieces], { type: "text/html" }), `${stemOf(store.document.peek().path)}.html`);
}

async function exportAsPdf(notebook: OpenNotebook): Promise<void> {
  const pdf = await import("./exportPdf");
  await pdf.exportAsPdf(notebook, stemOf(notebook.store.document.peek().path));
}

async function exportAsText({ store }: OpenNotebook, format: "py" | "md"): Promise<void> {
  const made = await request("POST", `api/adrastea/export/${format}`, parseMade, {
    notebook: store.notebook as unknown as Json,
  });
  const type = format === "md" ? "text/markdown" : "text/plain";
  saveFile(new Blob([made.content], { type }), `${stemOf(store.document.peek().path)}${made.ending}`);
}

function parseMade(raw: unknown): { readonly ending: string; readonly content: string } {
  const fields = asObject(raw, "the exported notebook");
  return { ending: asText(fields["ending"], "its ending"), content: asText(fields["content"], "its content") };
}

function stemOf(path: string): string {
  return (path.split("/").at(-1) ?? "").replace(/\.ipynb$/i, "");
}
