/** One representation of an output as a file, and as text for the clipboard; by its type alone, known or not. Pure. */
import { blobOf } from "../wire/base64";
import { type Json } from "../wire/json";
import { stripAnsi } from "./ansi";

const EXTENSIONS: Readonly<Record<string, string>> = {
  "text/html": "html",
  "text/markdown": "md",
  "text/latex": "tex",
  "text/csv": "csv",
  "text/javascript": "js",
  "application/javascript": "js",
  "application/json": "json",
  "application/geo+json": "geojson",
  "application/pdf": "pdf",
  "image/svg+xml": "svg",
  "image/jpeg": "jpg",
  "audio/mpeg": "mp3",
  "audio/x-wav": "wav",
  "video/quicktime": "mov",
};

/** The file's content; `null` for text that is no base64 although its type asks for it. */
export function outputBlob(mime: string, value: Json): Blob | null {
  const text = outputText(mime, value);
  if (text !== null) return new Blob([text], { type: mime });
  try {
    return blobOf(joined(value).replace(/\s+/g, ""), mime);
  } catch {
    return null;
  }
}

/** What can be copied as text; `null` for pictures, sounds and other bytes. */
export function outputText(mime: string, value: Json): string | null {
  if (isJsonType(mime)) return typeof value === "string" ? value : JSON.stringify(value, null, 2);
  if (mime === "text/plain") return stripAnsi(joined(value));
  return isTextType(mime) ? joined(value) : null;
}

/** Letters of the file's name behind the dot. */
export function outputExtension(mime: string): string {
  const known = EXTENSIONS[mime];
  if (known !== undefined) return known;
  if (isJsonType(mime)) return "json";
  if (mime.startsWith("text/")) return "txt";
  const own = /^(?:image|audio|video)\/(?:x-)?([a-z0-9]{2,5})$/.exec(mime)?.[1];
  return own ?? "bin";
}

function isJsonType(mime: string): boolean {
  return /[+./]json$/.test(mime);
}

function isTextType(mime: string): boolean {
  return mime.startsWith("text/") || mime.endsWith("+xml") || mime.endsWith("javascript");
}

function joined(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  return JSON.stringify(value, null, 2);
}
