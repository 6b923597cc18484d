/**
 * Files from outside into a folder of the workspace. Nothing is ever replaced without a question; what cannot be
 * brought is said, and the rest is brought all the same.
 */
import { en } from "../i18n/en";
import { base64Of } from "../wire/base64";
import { freeName } from "../wire/freeName";
import { joinPath } from "../workspace/paths";
import { failureOf } from "./server";
import type { Shell } from "./shell";

/** The path of the copy; `null` when it was not made. */
export async function bring(shell: Shell, file: File, folder: string): Promise<string | null> {
  try {
    const entries = await shell.server.files.listFolder(folder);
    const name = await chooseName(shell, file.name, new Set(entries.map((entry) => entry.name)));
    if (name === null) return null;
    const path = joinPath(folder, name);
    await shell.server.upload(path, await base64Of(file));
    return path;
  } catch (error) {
    shell.toasts.show(en.toasts.notCopied(file.name, failureOf(error).message), "error");
    return null;
  }
}

/** Brings all of them, one after the other, and shows the folder afresh. */
export async function bringAll(shell: Shell, files: readonly File[], folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const file of files) {
    const path = await bring(shell, file, folder);
    if (path !== null) paths.push(path);
  }
  if (paths.length > 0) shell.toasts.show(en.toasts.copied(paths.length, folder));
  await shell.files.refresh();
  return paths;
}

async function chooseName(shell: Shell, name: string, taken: ReadonlySet<string>): Promise<string | null> {
  if (!taken.has(name)) return name;
  const { replaceTitle, replaceText, replace, keepBoth } = en.dialogs;
  const answer = await shell.dialogs.ask(replaceTitle(name), replaceText, [
    { label: replace, value: "replace", kind: "danger" },
    { label: keepBoth, value: "both", kind: "primary" },
  ]);
  if (answer === "both") return freeName(name, (other) => taken.has(other));
  return answer === "replace" ? name : null;
}
