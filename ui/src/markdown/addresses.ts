/** Where what a notebook refers to lies: in the cell's attachments, in the folder of the notebook, or where it says. */
import { type JsonObject } from "../wire/json";

export interface Place {
  /** A cell's attachments: name to mimebundle. */
  readonly attachments?: JsonObject | undefined;
  /** The notebook's folder relative to the root, `/` between folders, "" for the root. */
  readonly folder?: string | undefined;
}

/**
 * Make the addresses of images, media and links in sanitised HTML those of the server. A link to a file of the
 * workspace also says its path in `data-path`, so that it can be opened as a document.
 */
export function resolveAddresses(root: ParentNode, place: Place): void {
  for (const forged of root.querySelectorAll("[data-path]")) forged.removeAttribute("data-path");
  for (const element of root.querySelectorAll("img, audio, video, source, track")) {
    const address = element.getAttribute("src");
    if (address !== null) element.setAttribute("src", imageAddress(address, place));
  }
  for (const link of root.querySelectorAll("a[href], area[href]")) {
    const address = link.getAttribute("href") ?? "";
    const path = pathOf(address, place.folder);
    if (address.startsWith("attachment:")) {
      link.setAttribute("href", imageAddress(address, place));
      link.setAttribute("download", decode(address.slice("attachment:".length)));
    } else if (path !== null) {
      link.setAttribute("href", fileAddress(path));
      link.setAttribute("data-path", path.path);
    }
  }
}

/** The address of an image named in a cell. */
export function imageAddress(address: string, { attachments, folder }: Place): string {
  if (address.startsWith("attachment:"))
    return attachmentAddress(decode(address.slice("attachment:".length)), attachments);
  const path = pathOf(address, folder);
  return path === null ? address : fileAddress(path);
}

interface FilePath {
  readonly path: string;
  /** `?…` and `#…`. */
  readonly rest: string;
}

/** The path in the workspace of a relative address; null for every other. */
function pathOf(address: string, folder: string | undefined): FilePath | null {
  if (/^[a-z][a-z\d+.-]*:|^\/\/|^#|^$|^files\//i.test(address)) return null;
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(address) ?? [];
  const parts: string[] = [];
  for (const part of `${path.startsWith("/") ? "" : (folder ?? "")}/${decode(path)}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return { path: parts.join("/"), rest };
}

function fileAddress({ path, rest }: FilePath): string {
  return `files/${path.split("/").map(encodeURIComponent).join("/")}${rest}`;
}

function attachmentAddress(name: string, attachments: JsonObject | undefined): string {
  const bundle = attachments !== undefined && Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) return "";
  for (const [mime, data] of Object.entries(bundle)) {
    if (!mime.startsWith("image/") || typeof data !== "string") continue;
    return mime === "image/svg+xml" && data.trimStart().startsWith("<")
      ? `data:${mime};charset=utf-8,${encodeURIComponent(data)}`
      : `data:${mime};base64,${data.replace(/\s/g, "")}`;
  }
  return "";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
