/** The tabs that come back after a reload, or when the window of a folder is opened again. */
import type { Storage } from "../workspace/settings/storage";

const TABS = "tabs";

export interface KeptTabs {
  readonly paths: readonly string[];
  readonly active: string | null;
  readonly folder: string | null;
}

/** The tabs that were open before the page was loaded again, or the window of the folder was closed. */
export function keptTabs(memory: Storage): KeptTabs {
  const raw = memory.read(TABS);
  const kept = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : {};
  const text = (value: unknown): value is string => typeof value === "string";
  return {
    paths: Array.isArray(kept["paths"]) ? kept["paths"].filter(text) : [],
    active: text(kept["active"]) ? kept["active"] : null,
    folder: text(kept["folder"]) ? kept["folder"] : null,
  };
}

export function keepTabs(memory: Storage, tabs: KeptTabs): void {
  memory.write(TABS, tabs);
}
