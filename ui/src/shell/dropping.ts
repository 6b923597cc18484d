/**
 * Files dragged from another program: onto the files panel they are copied into its folder, onto a notebook they may
 * become cells, anywhere else they are opened. The window tells where files lie, and on Linux nothing but that; a browser
 * gives their bytes and not their place, and there they are copied first.
 */
import type { DropAction, Dropped, DropTarget } from "../design/drop";
import { en } from "../i18n/en";
import { nameOf, workspacePath } from "../workspace/paths";
import { isImage } from "../workspace/textFile/languages";
import { bring, bringAll } from "./bringing";
import type { Shell } from "./shell";

type Zone =
  | { readonly at: "folder"; readonly element: HTMLElement; readonly folder: string }
  | { readonly at: "document"; readonly target: DropTarget }
  | { readonly at: "window" };

/** Begins to listen; gives back how to stop. */
export function listenToDrops(shell: Shell, page: Document): () => void {
  let isOwn = false;
  let zone: Zone = { at: "window" };

  const enter = (next: Zone): void => {
    if (zone.at === "folder") delete zone.element.dataset["drop"];
    if (zone.at === "document" && !(next.at === "document" && next.target === zone.target)) zone.target.leave();
    if (next.at === "folder") next.element.dataset["drop"] = "into";
    zone = next;
  };
  const takes = (event: DragEvent): boolean => {
    const types = event.dataTransfer?.types ?? [];
    return !isOwn && (types.includes("Files") || (shell.bridge.isNative() && types.includes("text/uri-list")));
  };

  const over = (event: DragEvent): void => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    const element = event.target instanceof Element ? event.target : page.documentElement;
    enter(zoneOf(shell, element));
    if (zone.at === "document") zone.target.over(element, event.clientY);
  };
  const left = (event: DragEvent): void => {
    if (event.relatedTarget === null) enter({ at: "window" });
  };
  const drop = (event: DragEvent): void => {
    if (!takes(event)) return;
    event.preventDefault();
    event.stopPropagation(); // an editor would write the file's text into itself
    const { files, folders } = filesOf(event.dataTransfer);
    const there = zone;
    const actions = (dropped: Dropped): readonly DropAction[] =>
      there.at === "document" ? there.target.actions(dropped) : [];
    const done = dropIn(shell, files, folders, there.at === "folder" ? there.folder : null, actions);
    enter({ at: "window" });
    void done;
  };
  const own = (event: Event): void => void (isOwn = event.type === "dragstart");

  const heard = [
    ["dragstart", own],
    ["dragend", own],
    ["dragenter", over],
    ["dragover", over],
    ["dragleave", left],
    ["drop", drop],
  ] as const;
  for (const [name, hear] of heard) page.addEventListener(name, hear as EventListener, true);
  return () => {
    for (const [name, hear] of heard) page.removeEventListener(name, hear as EventListener, true);
  };
}

function zoneOf(shell: Shell, element: Element): Zone {
  const row = element.closest<HTMLElement>("[data-folder]");
  if (row !== null) return { at: "folder", element: row, folder: row.dataset["folder"] ?? "" };
  const target = shell.activeDocument.peek()?.drops;
  if (target != null && element.closest("[data-region=document]") !== null) return { at: "document", target };
  return { at: "window" };
}

async function dropIn(
  shell: Shell,
  files: readonly File[],
  folders: readonly string[],
  folder: string | null,
  actionsFor: (dropped: Dropped) => readonly DropAction[],
): Promise<void> {
  const known = (await shell.bridge.droppedPaths()).map(workspacePath).filter((path) => path !== null);
  const given = files.length > 0 ? files : await filesAt(shell, known, folder !== null);
  if (folder !== null) {
    if (folders.length > 0) shell.toasts.show(en.toasts.noFolders(folders[0] ?? ""), "error");
    await bringAll(shell, given, folder);
    return;
  }
  const pathOf = (file: File, to: string): Promise<string | null> => {
    const path = known.find((one) => nameOf(one) === file.name) ?? null;
    return path === null ? bring(shell, file, to) : Promise.resolve(path);
  };
  const action = given.length === 0 ? null : await choose(shell, given, actionsFor({ files: given, pathOf }));
  if (action === "cancel") return;
  if (action !== null) {
    await action.run();
    return;
  }
  const paths = known.length > 0 ? known : await bringAll(shell, given, shell.files.folder.peek());
  if (paths.length === 0 && folders.length > 0) shell.toasts.show(en.toasts.noFolders(folders[0] ?? ""), "error");
  for (const path of paths) await shell.openAndEnter(path);
}

/** Files of which only the place is known: their names, and their bytes where those are wanted. Folders are left out. */
async function filesAt(shell: Shell, paths: readonly string[], all: boolean): Promise<readonly File[]> {
  const found = paths.map(async (path): Promise<File | null> => {
    const name = nameOf(path);
    if (!all && !isImage(name)) return new File([], name);
    const bytes = await shell.server.bytes(path).catch(() => null);
    return bytes === null ? null : new File([bytes], name, { type: bytes.type });
  });
  return (await Promise.all(found)).filter((file) => file !== null);
}

/** `null`: open them. */
async function choose(
  shell: Shell,
  files: readonly File[],
  actions: readonly DropAction[],
): Promise<DropAction | "cancel" | null> {
  if (actions.length === 0) return null;
  const text = en.dialogs;
  const title = files.length === 1 ? (files[0]?.name ?? "") : text.droppedFiles(files.length);
  const choices = actions.map(({ label }, at) => ({ label, value: String(at), kind: "primary" as const }));
  const answer = await shell.dialogs.ask(title, text.droppedText, [...choices, { label: text.open, value: "open" }]);
  if (answer === null) return "cancel";
  return actions[Number(answer)] ?? null;
}

/** What is dropped: files, and the names of folders, whose contents a page does not get. */
function filesOf(transfer: DataTransfer | null): {
  readonly files: readonly File[];
  readonly folders: readonly string[];
} {
  const files = [...(transfer?.files ?? [])];
  const folders = [...(transfer?.items ?? [])]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry?.isDirectory === true)
    .map((entry) => entry?.name ?? "");
  return { files: files.filter((file) => !folders.includes(file.name)), folders };
}
