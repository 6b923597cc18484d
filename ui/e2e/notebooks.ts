/** Notebooks made for a story. */

interface CellText {
  readonly markdown?: string;
  readonly raw?: string;
  readonly code?: string;
  readonly outputs?: readonly object[];
  /** The execution count that the file has. */
  readonly count?: number;
  readonly metadata?: object;
}

/** The file of a notebook; a plain string is a code cell. */
export function notebookText(cells: readonly (string | CellText)[], metadata: object = python()): string {
  const made = cells.map((cell, at) => cellOf(typeof cell === "string" ? { code: cell } : cell, at));
  return `${JSON.stringify({ cells: made, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** The metadata of a notebook for a kernel. */
export function python(kernel = "python3", displayName = "Python 3 (ipykernel)"): object {
  return {
    kernelspec: { display_name: displayName, language: "python", name: kernel },
    language_info: { name: "python" },
  };
}

function cellOf({ markdown, raw, code = "", outputs = [], count, metadata = {} }: CellText, at: number): object {
  const id = `cell-${at + 1}`;
  if (markdown !== undefined) return { cell_type: "markdown", id, metadata, source: markdown };
  if (raw !== undefined) return { cell_type: "raw", id, metadata, source: raw };
  return { cell_type: "code", execution_count: count ?? null, id, metadata, outputs, source: code };
}

/** The smallest whole PDF with a line of text. */
export function pdf(text: string): string {
  const stream = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join("");
  return `%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF`;
}
