/** What a user can do to a notebook, as commands of the shell's registry: Jupyter's names, Jupyter's keys. */
import type { Command, CommandMode } from "../design/command";
import { cellCommands } from "./cellCommands";
import { editCommands } from "./editCommands";
import { exportCommands } from "./export/exportCommands";
import { imageCommands } from "./imageCommands";
import { fileAndKernelCommands } from "./fileCommands";
import { findCommands } from "./find/findCommands";
import { historyCommands } from "./history/historyCommands";
import type { OpenNotebook } from "./openNotebook";
import { outputCommands } from "./outputCommands";
import { outlineCommands } from "./outline/outlineCommands";
import { runCommands, selectCommands } from "./runCommands";
import { widgetCommands } from "./widgetCommands";

export interface CommandSketch {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly icon?: string;
  readonly keys?: readonly string[];
  readonly when?: CommandMode;
  readonly enabled?: () => boolean;
  /** What is said while there is no connection to the server, without which it can do nothing; empty where it can. */
  readonly offline?: string | (() => string);
  readonly run: () => void | Promise<void>;
}

export function notebookCommands(notebook: OpenNotebook): readonly Command[] {
  const { store } = notebook;
  const isOpen = (): boolean => store.load.value.at === "ready";
  const sketches = [
    ...runCommands(notebook),
    ...cellCommands(notebook),
    ...editCommands(notebook),
    ...imageCommands(notebook),
    ...outputCommands(notebook),
    ...widgetCommands(notebook),
    ...findCommands(notebook),
    ...outlineCommands(notebook),
    ...selectCommands(notebook),
    ...fileAndKernelCommands(notebook),
    ...exportCommands(notebook),
    ...historyCommands(notebook),
  ];
  return sketches.map(({ enabled, offline, ...sketch }) => {
    const command = { ...sketch, enabled: () => isOpen() && (enabled === undefined || enabled()) };
    if (offline === undefined) return command;
    const refusal = (): string => (!store.isOffline.value ? "" : typeof offline === "string" ? offline : offline());
    const run = (): void | Promise<void> => {
      const reason = refusal();
      return reason === "" ? sketch.run() : store.announce(reason, true); // a banner shows it as long as it is so
    };
    return { ...command, refusal, run };
  });
}
