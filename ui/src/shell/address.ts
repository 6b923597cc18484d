/** What the address of the page asks for, and the address without it. */
import { normalPath } from "../workspace/paths";

export interface Address {
  /** What to open, in order, each once. */
  readonly paths: readonly string[];
  /** What the files panel shows, or `null` when nothing is asked for. */
  readonly folder: string | null;
  /** The folder that this window is the only one of, empty for none; `null` where there may be others, as in a browser. */
  readonly window: string | null;
  /** The same address without `path`, `folder` and `token`, which must not stand in the history or be passed on. */
  readonly clean: string;
}

export function readAddress(address: string): Address {
  const url = new URL(address);
  const asked = url.searchParams.getAll("path").map((path) => normalPath(path) ?? path);
  const folder = url.searchParams.get("folder");
  const own = url.searchParams.get("window");
  for (const name of ["path", "folder", "token"]) url.searchParams.delete(name);
  return {
    folder: folder === null ? null : normalPath(folder),
    window: own === null ? null : normalPath(own),
    paths: [...new Set(asked)],
    clean: url.href,
  };
}
