/** What the panels ask of the window around them. */
import { copyText } from "../design/copyText";
import { workspaceText } from "../i18n/workspace";
import type { FilesActions } from "../workspace/files/fileActions";
import { nameOf } from "../workspace/paths";
import type { LeftAction, LeftKernel, RunningAction, RunningKernel } from "../workspace/running/runningStore";
import { mayRun } from "./confirmations";
import { type KernelWord, NO_STATUS } from "./document";
import type { Shell } from "./shell";

export function filesActions(shell: Shell): FilesActions {
  const text = workspaceText.files;
  return {
    open: (path) => void shell.openAndEnter(path),
    confirmTrash: async (name) => {
      const yes = { label: text.trash, value: "yes", kind: "danger" } as const;
      return (await shell.dialogs.ask(text.trashFolderTitle(name), text.trashFolderText, [yes])) === "yes";
    },
    trashed: (name) => shell.toasts.show(text.trashed(name)),
    copyPath: (path) => void copyText(path).then((done) => !done && shell.toasts.show(path)),
    downloadUrl: (path) => shell.server.fileUrl(path),
  };
}

/** Acts on a kernel of the running panel, after the same question that its command would ask. */
export function runningAct(shell: Shell): (action: RunningAction, kernel: RunningKernel) => void {
  return (action, kernel) => {
    const word: KernelWord = kernel.state === "unknown" ? "idle" : kernel.state;
    const status = { ...NO_STATUS, kernel: { name: nameOf(kernel.path), word, message: "" } };
    const command = { interrupt: "kernel.interrupt", restart: "kernel.restart", shutDown: "kernel.shutdown" }[action];
    void Promise.resolve(mayRun(command, status, shell.dialogs)).then((yes) => {
      if (yes) void shell.running.act(action, kernel);
    });
  };
}

/** Acts on a kernel that an earlier run has left. */
export function leftAct(shell: Shell): (action: LeftAction, kernel: LeftKernel) => void {
  const text = workspaceText.running;
  return (action, kernel) => {
    const yes = { label: text.end, value: "yes", kind: "danger" } as const;
    const asked =
      action === "takeOver" || kernel.reach === "elsewhere" // then nothing is ended, only its entry goes
        ? Promise.resolve("yes")
        : shell.dialogs.ask(text.endTitle(text.leftName(kernel.notebooks)), text.endText, [yes]);
    void asked.then((answer) => {
      if (answer === "yes") void shell.running.actOnLeft(action, kernel);
    });
  };
}
