/**
 * Cells that were cut or copied: for this window as they are, and for other programs and windows as the JSON of a
 * notebook, which is also understood when it comes from there.
 */
import { isObject } from "../wire/parse";
import type { Cell } from "./model";
import { cellOf, notebookToWire } from "./wireForm";

export class CellClipboard {
  #cells: readonly Cell[] = [];

  get cells(): readonly Cell[] {
    return this.#cells;
  }

  /** The system's clipboard gets them too, where the page is allowed to. */
  copy(cells: readonly Cell[]): void {
    this.#cells = cells;
    system()
      ?.writeText(cellsToText(cells))
      .catch(() => undefined);
  }

  /** Only for this window: the system has them already. */
  keep(cells: readonly Cell[]): void {
    this.#cells = cells;
  }

  /** What is to be pasted: our own, else what the system has. */
  async paste(): Promise<readonly Cell[]> {
    if (this.#cells.length > 0) return this.#cells;
    const text = await system()
      ?.readText()
      .catch(() => "");
    return cellsInText(text ?? "");
  }
}

/** Pages without encryption, on other machines than this one, have none. */
function system(): Clipboard | undefined {
  return (navigator as { clipboard?: Clipboard }).clipboard;
}

/** The cells as a notebook in nbformat. */
export function cellsToText(cells: readonly Cell[]): string {
  return JSON.stringify({ ...notebookToWire({ metadata: {}, cells }), nbformat: 4, nbformat_minor: 5 }, null, 1);
}

/** The cells of a notebook in JSON, or of a list of cells; none when the text is something else. */
export function cellsInText(text: string): readonly Cell[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    const raw: unknown = JSON.parse(text);
    const list = isObject(raw) ? raw["cells"] : raw;
    return Array.isArray(list) ? list.map((cell) => cellOf(normal(cell))) : [];
  } catch {
    return [];
  }
}

/** Texts in nbformat may be lists of lines, and cells may lack ids and metadata. */
function normal(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const outputs = raw["outputs"];
  return {
    ...raw,
    id: typeof raw["id"] === "string" ? raw["id"] : "",
    metadata: raw["metadata"] ?? {},
    source: joined(raw["source"]),
    ...(Array.isArray(outputs) && { outputs: outputs.map(normalOutput) }),
  };
}

function normalOutput(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const data = raw["data"];
  return {
    ...raw,
    ...("text" in raw && { text: joined(raw["text"]) }),
    ...(isObject(data) && {
      data: Object.fromEntries(Object.entries(data).map(([mime, value]) => [mime, joined(value)])),
    }),
  };
}

function joined(value: unknown): unknown {
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : value;
}
