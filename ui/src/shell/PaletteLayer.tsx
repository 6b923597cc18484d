/** The palette with what it finds: commands, and after a `/` what lies in a folder. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { en } from "../i18n/en";
import type { FolderEntry } from "../workspace/files/filesStore";
import { inOrder } from "../workspace/files/filesStore";
import { CommandPalette, type PaletteItem } from "./CommandPalette";
import { showKeys } from "./keys";
import { fuzzy, PALETTE_ROWS, paletteRows } from "./palette";
import { isPlaceQuery, placeItems } from "./palettePlaces";
import type { Shell } from "./shell";

export function PaletteLayer({ shell, initial }: { readonly shell: Shell; readonly initial: string }) {
  const query = useSignal(initial);
  const listed = useSignal<{ readonly folder: string; readonly entries: readonly FolderEntry[] } | null>(null);
  const folder = useComputed(() => folderOfQuery(query.value));
  useEffect(() => {
    const wanted = folder.value;
    if (wanted === null || listed.value?.folder === wanted) return;
    void shell.server.files
      .listFolder(wanted)
      .catch(() => [])
      .then((entries) => {
        if (folder.value === wanted) listed.value = { folder: wanted, entries: inOrder(entries) };
      });
  }, [folder.value]);
  const place = isPlaceQuery(query.value);
  const items = place
    ? placeItems(shell.activeDocument.value?.places, query.value)
    : folder.value === null
      ? commandItems(shell, query.value.replace(/^>\s*/, ""))
      : fileItems(shell, query.value, listed.value);
  return (
    <CommandPalette
      initial={initial}
      query={(text) => (query.value = text)}
      items={items}
      nothing={
        place
          ? en.palette.noPlaces
          : folder.value === null
            ? en.palette.nothing(query.value)
            : en.palette.noFiles(query.value)
      }
      close={() => shell.closeLayer()}
    />
  );
}

function commandItems(shell: Shell, query: string): readonly PaletteItem[] {
  return paletteRows(query, shell.commands.all.value, shell.commands.used.value).map((row) => {
    const key = row.command.keys?.[0];
    const details = [
      ...(row.enabled ? [] : [row.command.refusal?.() || en.palette.unavailable]),
      row.command.category,
      ...(key === undefined ? [] : [showKeys(key, shell.mac)]),
    ];
    return {
      id: row.command.id,
      title: row.command.title,
      at: row.at,
      details,
      enabled: row.enabled,
      run: () => {
        shell.commands.noteUse(row.command.id);
        void shell.commands.run(row.command.id);
      },
    };
  });
}

/** The folder that a query such as `/data/da` looks into, here `data`; `null` when it asks for commands. */
export function folderOfQuery(query: string): string | null {
  if (!query.startsWith("/")) return null;
  return query.slice(1, Math.max(1, query.lastIndexOf("/")));
}

interface Listed {
  readonly folder: string;
  readonly entries: readonly FolderEntry[];
}

function fileItems(shell: Shell, query: string, listed: Listed | null): readonly PaletteItem[] {
  const folder = folderOfQuery(query) ?? "";
  if (listed === null || listed.folder !== folder) return [];
  const typed = query.slice(query.lastIndexOf("/") + 1);
  const found = listed.entries.flatMap((entry) => {
    const match = fuzzy(typed, entry.name);
    return match === null && typed !== "" ? [] : [{ entry, at: match?.at ?? [], score: match?.score ?? 0 }];
  });
  if (typed !== "") found.sort((a, b) => b.score - a.score);
  const rows = found.slice(0, PALETTE_ROWS).map(({ entry, at }): PaletteItem => {
    const isFolder = entry.type === "directory";
    return {
      id: entry.path,
      title: entry.name,
      at,
      details: isFolder ? [en.palette.folder] : [],
      enabled: true,
      ...(isFolder && { next: `/${entry.path}/` }),
      run: () => void shell.openAndEnter(entry.path),
    };
  });
  return typed === "" ? [showFolderItem(shell, folder), ...rows] : rows;
}

function showFolderItem(shell: Shell, folder: string): PaletteItem {
  return {
    id: "show-folder",
    title: en.palette.openThisFolder(`/${folder}`),
    at: [],
    details: [],
    enabled: true,
    run: () => shell.showFolder(folder),
  };
}
