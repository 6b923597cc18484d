/** What the address of the page asks for, and the address without it. */
import { normalPath } from "../workspace/paths";

export interface Address {
  /** What to open, in order, each once. */
  readonly paths: readonly string[];
  /** The same address without `path` and `token`, which must not stand in the history or be passed on. */
  readonly clean: string;
}

export function readAddress(address: string): Address {
  const url = new URL(address);
  const asked = url.searchParams.getAll("path").map((path) => normalPath(path) ?? path);
  url.searchParams.delete("path");
  url.searchParams.delete("token");
  return { paths: [...new Set(asked)], clean: url.href };
}
