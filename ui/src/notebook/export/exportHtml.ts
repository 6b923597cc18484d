/**
 * A notebook as one HTML file, made from the model: every cell, whatever the window shows of it. The file loads nothing
 * and runs nothing; a policy in it says so to the browser. Colours follow the reader's system; on paper they are light.
 */
import { escapeHtml, highlight, languageNamed, loadGrammar } from "../../editor/staticCode";
import { isHidden } from "../cellActions";
import type { Cell, Notebook } from "../model";
import { EXPORT_STYLES } from "./exportStyles";
import { markdownHtml, outputHtml } from "./outputHtml";
import type { LoadFile } from "./selfContained";

export interface ExportOptions {
  readonly title: string;
  /** Of the page's own words. */
  readonly pageLanguage: string;
  /** Of the code. */
  readonly language: string;
  /** The notebook's folder. */
  readonly folder: string;
  /** Whether code is shown, not only what came of it. */
  readonly withInput: boolean;
  readonly load: LoadFile;
  /** Told from time to time; between two calls the page can paint. */
  readonly progress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const TURN = 30; // milliseconds of work between two paints
const POLICY = [
  "default-src 'none'",
  "img-src data:",
  "media-src data:",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The file in pieces. Rejects with the signal's reason when it is aborted. */
export async function exportHtml(notebook: Notebook, options: ExportOptions): Promise<readonly string[]> {
  await loadGrammar(languageNamed(options.language));
  const cells: string[] = [];
  let last = performance.now();
  for (const [at, cell] of notebook.cells.entries()) {
    cells.push(await cellHtml(cell, at + 1, options));
    if (performance.now() - last < TURN) continue;
    options.progress?.(at + 1);
    await new Promise((resolve) => setTimeout(resolve));
    options.signal?.throwIfAborted();
    last = performance.now();
  }
  options.signal?.throwIfAborted();
  return [head(options, cells), ...cells, "</main>\n</body>\n</html>\n"];
}

function head({ title, pageLanguage }: ExportOptions, cells: readonly string[]): string {
  const heading = cells.some((cell) => /<h1[\s>]/.test(cell))
    ? ""
    : `<h1 class="visually-hidden">${escapeHtml(title)}</h1>\n`;
  return [
    `<!doctype html>\n<html lang="${escapeHtml(pageLanguage)}">\n<head>\n<meta charset="utf-8">\n`,
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n`,
    `<meta name="referrer" content="no-referrer">\n<meta name="viewport" content="width=device-width">\n`,
    `<title>${escapeHtml(title)}</title>\n<style>\n${EXPORT_STYLES}\n</style>\n</head>\n<body>\n<main>\n${heading}`,
  ].join("");
}

async function cellHtml(cell: Cell, place: number, options: ExportOptions): Promise<string> {
  const parts: string[] = [];
  if (!isHidden(cell, "source")) parts.push(await sourceHtml(cell, options));
  if (cell.cell_type === "code" && !isHidden(cell, "outputs")) {
    for (const output of cell.outputs ?? []) parts.push(await outputHtml(output, place, options));
  }
  const content = parts.filter((part) => part !== "").join("\n");
  if (content === "") return "";
  const shown = cell.cell_type === "code" && options.withInput;
  const count = shown ? `<div class="count">[${cell.execution_count ?? " "}]</div>` : `<div></div>`;
  return `<div class="cell">${count}<div class="body">\n${content}\n</div></div>\n`;
}

async function sourceHtml({ cell_type: type, source, attachments }: Cell, options: ExportOptions): Promise<string> {
  if (source.trim() === "" || (type === "code" && !options.withInput)) return "";
  if (type === "markdown") return markdownHtml(source, options, attachments);
  const code = highlight(source, type === "code" ? options.language : "plain");
  return `<pre class="static-code static-code-wrap ${type}">${code}</pre>`;
}
