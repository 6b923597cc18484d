/** Paths of the server: parts joined by `/`, no slash at either end, the root is empty. */

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a path lies in; the root is empty. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** A path as somebody may have typed it, in its one spelling; `null` where it leaves the root. */
export function normalPath(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** A path of the system as one of the workspace, whose root is then the system's; `null` where it leaves it. */
export function workspacePath(path: string): string | null {
  return normalPath(path.replaceAll("\\", "/").replace(/^[A-Za-z]:\//, ""));
}

/** The folders on the way to a folder, the root first. */
export function trail(folder: string): readonly string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return ["", ...parts.map((_, at) => parts.slice(0, at + 1).join("/"))];
}

/** The path after `from` was renamed to `to`; `null` when it does not lie there. */
export function renamedPath(path: string, from: string, to: string): string | null {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? to + path.slice(from.length) : null;
}

/** The letters after the last dot, in lower case; empty for none and for a hidden file. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}
