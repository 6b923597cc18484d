/** Choosing files, folders and names: by the system's dialogs in the native window, by our own in a browser. */
import { en } from "../i18n/en";
import { folderOf, joinPath, nameOf, normalPath, workspacePath } from "../workspace/paths";
import { failureOf } from "./server";
import type { Shell } from "./shell";

/** Opens what the user picks; a browser lists files in the palette. */
export async function chooseFile(shell: Shell): Promise<void> {
  if (shell.bridge.isNative()) {
    for (const path of await shell.bridge.openFileDialog()) await shell.openAndEnter(path);
  } else shell.showPalette(fileQuery(shell.files.folder.value));
}

/**
 * Shows the window of a folder; one that is of none and shows nothing has had its time then. A browser lists folders in
 * the palette.
 */
export async function chooseFolder(shell: Shell): Promise<void> {
  if (shell.bridge.isNative()) {
    const path = await shell.bridge.openFolderDialog();
    if (path === null) return;
    shell.bridge.openWindow(path);
    const { tabs } = shell.tabs;
    if (shell.ownFolder === "" && tabs.value.every((tab) => tab.view.kind === "welcome")) shell.bridge.closeWindow();
  } else shell.showPalette(fileQuery(shell.files.folder.value));
}

/** Writes the active document under another name and opens that. */
export async function saveAs(shell: Shell): Promise<void> {
  const { view } = shell.tabs.active.value;
  const document = shell.activeDocument.value;
  if (!("path" in view) || document === null) return;
  const to = await chooseTarget(shell, view.path);
  if (to === null || to === view.path || !(await mayReplace(shell, to))) return;
  const isInFile = await document.save();
  try {
    if (isInFile || document.content === undefined) await shell.server.copyTo(view.path, to);
    else await shell.server.text.write(to, await document.content());
  } catch (error) {
    shell.toasts.show(en.toasts.commandFailed(en.dialogs.newFileTitle, failureOf(error).message), "error");
    return;
  }
  shell.toasts.show(en.toasts.savedAs(to));
  await shell.openAndEnter(to);
}

async function chooseTarget(shell: Shell, path: string): Promise<string | null> {
  if (shell.bridge.isNative()) {
    const chosen = await shell.bridge.saveFileDialog(nameOf(path));
    return chosen === null ? null : workspacePath(chosen);
  }
  const { newFileTitle, newFileLabel, save } = en.dialogs;
  const name = await shell.dialogs.askText(newFileTitle, newFileLabel, nameOf(path), save);
  if (name === null) return null;
  return normalPath(name.includes("/") ? name : joinPath(folderOf(path), name));
}

/** Whether a file may be written there; the system's dialog has asked already. */
async function mayReplace(shell: Shell, to: string): Promise<boolean> {
  if (shell.bridge.isNative()) return true;
  const exists = await shell.server.stat(to).then(
    () => true,
    () => false,
  );
  if (!exists) return true;
  const { replaceTitle, replaceText, replace } = en.dialogs;
  const yes = { label: replace, value: "yes", kind: "danger" } as const;
  return (await shell.dialogs.ask(replaceTitle(nameOf(to)), replaceText, [yes])) === "yes";
}

/** What stands in the palette when it is to list a folder. */
export function fileQuery(folder: string): string {
  return folder === "" ? "/" : `/${folder}/`;
}
