/**
 * What the page remembers for one folder: open tabs, the side panel. Each folder has one window, and one entry.
 *
 * Folders that have not been used for long are forgotten. A window writes its own entry and no other, so that two
 * windows do not overwrite each other; in the list of folders, which they share, each adds itself to what is there.
 */
import type { Storage } from "./storage";

const FOLDERS = "folders";
const REMEMBERED = 40; // folders

/** The part of `storage` that belongs to `folder`; empty is a window without one. */
export function folderStorage(storage: Storage, folder: string): Storage {
  const key = keyOf(folder);
  let entry = entryOf(storage.read(key));
  noteUse(storage, folder);
  return {
    read: (name) => entry[name] ?? null,
    write: (name, value) => {
      entry = { ...entry, [name]: value };
      storage.write(key, entry);
    },
    follow: () => undefined, // nobody else writes it
  };
}

function noteUse(storage: Storage, folder: string): void {
  const raw = storage.read(FOLDERS);
  const known = Array.isArray(raw) ? raw.filter((other): other is string => typeof other === "string") : [];
  const used = [folder, ...known.filter((other) => other !== folder)];
  for (const forgotten of used.slice(REMEMBERED)) storage.write(keyOf(forgotten), undefined);
  storage.write(FOLDERS, used.slice(0, REMEMBERED));
}

function keyOf(folder: string): string {
  return `folder:${folder}`;
}

function entryOf(raw: unknown): Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : {};
}
