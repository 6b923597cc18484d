/** Files and folders: `/api/contents`. Paths are relative to the root, `/` between folders. */
import { encodePath, request, requestBytes } from "../wire/http";
import { asList, asObject, asText, textOrNull } from "../wire/parse";

export type EntryType = "directory" | "notebook" | "file";

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly type: EntryType;
  readonly writable: boolean;
  /** Bytes; null for folders. */
  readonly size: number | null;
  readonly mimetype: string | null;
}

export interface TextContent extends Entry {
  /** Null when the file is not text. */
  readonly text: string | null;
}

export function listFolder(path: string): Promise<readonly Entry[]> {
  return request("GET", `${address(path)}?type=directory`, (raw) =>
    asList(asObject(raw, "the folder")["content"], "the folder's content").map(parseEntry),
  );
}

/** What lies at a path, without its content. */
export function statPath(path: string): Promise<Entry> {
  return request("GET", `${address(path)}?content=0`, parseEntry);
}

/** Where in the workspace a path of the server's system lies: `/api/adrastea/place`, not Jupyter's. */
export function workspacePathOf(system: string): Promise<string> {
  return request("GET", `api/adrastea/place?of=${encodeURIComponent(system)}`, (raw) =>
    asText(asObject(raw, "the place")["path"], "its path"),
  );
}

export function newNotebook(folder: string): Promise<Entry> {
  return request("POST", address(folder), parseEntry, { type: "notebook" });
}

export function newFolder(folder: string): Promise<Entry> {
  return request("POST", address(folder), parseEntry, { type: "directory" });
}

export function newFile(folder: string): Promise<Entry> {
  return request("POST", address(folder), parseEntry, { type: "file", ext: ".txt" });
}

/** A copy beside the original, under a name that is free. */
export function duplicate(path: string): Promise<Entry> {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  return request("POST", address(folder), parseEntry, { copy_from: path });
}

export function rename(path: string, to: string): Promise<Entry> {
  return request("PATCH", address(path), parseEntry, { path: to });
}

export function trash(path: string): Promise<void> {
  return request("DELETE", address(path), () => undefined);
}

/** The file as text; `text` is null where it is none. */
export async function getFile(path: string): Promise<TextContent> {
  const entry = await statPath(path);
  if (entry.type === "directory") return { ...entry, text: null };
  return request("GET", `${address(path)}?type=file`, (raw) => {
    const fields = asObject(raw, "the file");
    return { ...parseEntry(raw), text: fields["format"] === "text" ? textOrNull(fields["content"]) : null };
  });
}

export function saveFile(path: string, text: string): Promise<Entry> {
  return request("PUT", address(path), parseEntry, { type: "file", format: "text", content: text });
}

/** Writes bytes, in base64. */
export function uploadFile(path: string, base64: string): Promise<Entry> {
  return request("PUT", address(path), parseEntry, { type: "file", format: "base64", content: base64 });
}

/** Writes the bytes of one file into another. */
export async function copyTo(path: string, to: string): Promise<Entry> {
  const copy = await request("GET", `${address(path)}?type=file&format=base64`, (raw) =>
    asText(asObject(raw, "the file")["content"], "the file's content"),
  );
  return uploadFile(to, copy);
}

/** What a save of an open notebook would write, whatever its file holds now. */
export async function writtenForm(path: string): Promise<string> {
  return (await requestBytes(`api/adrastea/open/${encodePath(path)}`)).text();
}

/** Makes a notebook file that cannot be read one that can; the path of the copy that is kept. */
export function repairNotebook(path: string): Promise<string> {
  return request("POST", `api/adrastea/repair/${encodePath(path)}`, (raw) =>
    asText(asObject(raw, "the repair")["copy"], "the copy's path"),
  );
}

export function parseEntry(raw: unknown): Entry {
  const fields = asObject(raw, "the entry");
  const type = fields["type"];
  return {
    name: asText(fields["name"], "the entry's name"),
    path: asText(fields["path"], "the entry's path"),
    type: type === "directory" || type === "notebook" ? type : "file",
    writable: fields["writable"] !== false,
    size: typeof fields["size"] === "number" ? fields["size"] : null,
    mimetype: textOrNull(fields["mimetype"]),
  };
}

function address(path: string): string {
  return `api/contents/${encodePath(path)}`.replace(/\/$/, "");
}
