/** Files by the path that the kernel's system has for them, as a traceback names it. */
import { failureOf } from "./server";
import type { Shell } from "./shell";

/** Opens the file at a line, from 1, if it lies in the workspace; else it is said that it does not. */
export async function openSystemFile(shell: Shell, path: string, line: number): Promise<void> {
  try {
    await shell.openAndEnter(await shell.server.workspacePath(path));
  } catch (error) {
    shell.toasts.show(failureOf(error).message, "error");
    return;
  }
  shell.activeDocument.peek()?.goToLine?.(line);
}
