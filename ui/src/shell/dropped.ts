/** What becomes of files that were dropped: copied into a folder, taken by a document, or opened. */
import type { DropAction, Dropped } from "../design/drop";
import { en } from "../i18n/en";
import { nameOf, workspacePath } from "../workspace/paths";
import { isImage } from "../workspace/textFile/languages";
import { bring, bringAll } from "./bringing";
import type { Shell } from "./shell";

/** `folder`: copy them there; null: what one of `actionsFor` says, or open them. */
export async function dropIn(
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
