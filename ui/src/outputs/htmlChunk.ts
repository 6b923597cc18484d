/** The chunk that makes foreign HTML harmless: loaded once, at the first output that needs it. */
import type * as Sanitise from "../markdown/sanitise";

/** A module's code, not state: loaded once, never changed. */
let chunk: typeof Sanitise | null = null;

export async function preloadHtml(): Promise<typeof Sanitise> {
  chunk ??= await import("../markdown/sanitise");
  return chunk;
}

/** The same if it is here. */
export function loadedHtml(): typeof Sanitise | null {
  return chunk;
}
