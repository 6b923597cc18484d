/** What can be done to a row of the files panel, from its keys and from its menu alike. */
import type { FilesStore, FolderEntry } from "./filesStore";

/** What the panel cannot do itself: it belongs to the window around it. */
export interface FilesActions {
  open(path: string): void;
  /** Asked before a folder goes to the trash. */
  confirmTrash(name: string): Promise<boolean>;
  trashed(name: string): void;
  copyPath(path: string): void;
  downloadUrl(path: string): string;
}

/** Opens the menu of the row that holds an element. */
export function openMenu(within: Element): void {
  within.closest("li")?.querySelector<HTMLElement>("[aria-haspopup=menu]")?.click();
}

/** Moves a file to the trash; a folder only after a question, for it may hold much. */
export async function trash(store: FilesStore, actions: FilesActions, entry: FolderEntry): Promise<void> {
  if (entry.type === "directory" && !(await actions.confirmTrash(entry.name))) return;
  if (await store.trash(entry.path)) actions.trashed(entry.name);
}
