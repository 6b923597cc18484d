/** Which commands are asked about before they run. Restarting loses variables, so it is asked whenever there are any. */
import { en } from "../i18n/en";
import type { DialogsStore } from "./dialogsStore";
import { type DocumentStatus, isBusy } from "./document";

/** Whether a command may run, given how its document stands; answers at once where nothing is to be asked. */
export function mayRun(id: string, status: DocumentStatus, dialogs: DialogsStore): boolean | Promise<boolean> {
  const text = en.dialogs;
  const busy = isBusy(status);
  const alive = busy || status.kernel?.word === "idle";
  const lost = busy ? text.restartBusy(status.queued) : text.restartIdle;
  const ask = (title: string, verb: string, what = lost): Promise<boolean> =>
    dialogs.ask(title, what, [{ label: verb, value: "yes", kind: "danger" }]).then((answer) => answer === "yes");
  switch (id) {
    case "kernel.restart":
      return !alive || ask(text.restartTitle, text.restart);
    case "kernel.restart-and-run-all":
    case "kernel.restart-and-run-here":
      return !alive || ask(text.restartTitle, text.restartAndRun);
    case "kernel.shutdown":
      return !busy || ask(text.shutdownTitle, text.shutdown);
    case "kernel.change":
      return !busy || ask(text.changeTitle, text.change);
    case "document.reload":
      return !hasOwn(status) || ask(text.reloadTitle, text.reload, text.reloadText);
    default:
      return true;
  }
}

/** Whether there is something in the window that the file on disk lacks. */
function hasOwn({ save }: DocumentStatus): boolean {
  return save !== null && save.word !== "saved" && save.word !== "read_only";
}
