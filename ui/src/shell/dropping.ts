/**
 * Files dragged from another program: onto the files panel they are copied into its folder, onto a notebook they may
 * become cells, anywhere else they are opened. The window tells where files lie, and on Linux nothing but that; a browser
 * gives their bytes and not their place, and there they are copied first.
 */
import type { DropAction, Dropped, DropTarget } from "../design/drop";
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
    const into = there.at === "folder" ? there.folder : null;
    const code = import("./dropped");
    void code.then(async ({ dropIn }) => dropIn(shell, files, folders, into, actions));
    enter({ at: "window" });
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
