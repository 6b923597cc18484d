/** What the page begins with: what its address asks for, what it remembers, and the notebook that it will show first. */
import { folderStorage } from "../workspace/settings/folderStorage";
import { localStore, sessionStore, type Storage } from "../workspace/settings/storage";
import { workspacePath } from "../workspace/paths";
import { EarlySocket } from "../wire/earlySocket";
import { documentSocketUrl } from "../wire/serverUrl";
import { type Address, readAddress } from "./address";
import { keptTabs } from "./keptTabs";

export interface Beginning {
  readonly asked: Address;
  readonly storage: Storage;
  /** What this window remembers of its folder; null where others may show it too. */
  readonly memory: Storage | null;
  /** Where its tabs are kept. */
  readonly tabs: Storage;
  /** The socket of the notebook that comes first, on its way before the rest of the page has been loaded. */
  readonly early: EarlySocket | null;
}

export function beginning(address: string): Beginning {
  const storage = localStore();
  const asked = readAddress(address);
  const memory = asked.window === null ? null : folderStorage(storage, asked.window);
  const tabs = memory ?? sessionStore();
  const first = firstNotebook(asked, tabs);
  const early = first === null ? null : new EarlySocket(documentSocketUrl(first));
  return { asked, storage, memory, tabs, early };
}

/** The path of the notebook that will be at the front; null for anything else. */
export function firstNotebook(asked: Address, tabs: Storage): string | null {
  const path = workspacePath(asked.paths[0] ?? keptTabs(tabs).active ?? "");
  return path?.toLowerCase().endsWith(".ipynb") === true ? path : null;
}
