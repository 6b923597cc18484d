/**
 * Images that come into a markdown cell: as attachments under names that are free, with the text that shows them.
 * Pure. Source of truth: nbformat, “cell attachments”, and what JupyterLab writes.
 */
import { freeName } from "../wire/freeName";
import type { JsonObject } from "../wire/json";
import { isObject } from "../wire/parse";
import type { Cell } from "./model";

export interface NamedImage {
  readonly name: string;
  readonly mime: string;
  /** Base64. */
  readonly data: string;
}

export interface Attached {
  /** All attachments of the cell afterwards. */
  readonly attachments: JsonObject;
  /** One line for each image. */
  readonly text: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = { "image/jpeg": "jpg", "image/svg+xml": "svg" };

/** The cell's attachments with these images in them. The same image under the same name is kept once. */
export function attach(cell: Pick<Cell, "attachments">, images: readonly NamedImage[]): Attached {
  let attachments: JsonObject = cell.attachments ?? {};
  const lines = images.map(({ name, mime, data }) => {
    const free = freeName(withExtension(name, mime), (other) => {
      const bundle = Object.hasOwn(attachments, other) ? attachments[other] : undefined;
      return bundle !== undefined && !(isObject(bundle) && bundle[mime] === data);
    });
    attachments = { ...attachments, [free]: { [mime]: data } };
    return `![${free.replace(/[\\[\]]/g, "\\$&")}](attachment:${addressOf(free)})`;
  });
  return { attachments, text: lines.join("\n") };
}

/** The text of a cell with more at its end, a paragraph of its own. */
export function withParagraph(source: string, text: string): string {
  return source.trim() === "" ? text : `${source.replace(/\n+$/, "")}\n\n${text}`;
}

/** What a clipboard gives has often no name. */
function withExtension(name: string, mime: string): string {
  const known = name.replace(/[/\\]/g, "-").trim();
  if (/\.[a-z\d]+$/i.test(known)) return known;
  const extension = EXTENSIONS[mime] ?? mime.replace(/^image\//, "").replace(/\W.*$/, "");
  return `${known === "" ? "image" : known}.${extension}`;
}

function addressOf(name: string): string {
  return encodeURIComponent(name).replace(/[()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
