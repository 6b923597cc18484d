/** The commands of a notebook that are about its file and its kernel. */
import { notebookText } from "../i18n/notebook";
import type { CommandSketch } from "./commands";
import type { OpenNotebook } from "./openNotebook";

const { commands: titles, categories, notices } = notebookText;

export function fileAndKernelCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  return [...kernelCommands(notebook), ...fileCommands(notebook)];
}

function kernelCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store, kernel } = notebook;
  const category = categories.kernel;
  const hasKernel = (): boolean => store.kernel.value.id !== null;
  const isAlive = (): boolean => hasKernel() && store.kernel.value.state !== "dead";
  return [
    {
      id: "kernel.interrupt",
      title: titles.interrupt,
      category,
      icon: "stop",
      keys: ["I I"],
      when: "command",
      enabled: isAlive,
      offline: notices.offline,
      run: () => kernel.interrupt(),
    },
    {
      id: "kernel.restart",
      title: titles.restart,
      category,
      icon: "restart",
      keys: ["0 0"],
      when: "command",
      offline: notices.offline,
      run: () => kernel.restart(),
    },
    {
      id: "kernel.restart-and-run-all",
      title: titles.restartAndRunAll,
      category,
      offline: notices.offlineRun,
      run: async () => {
        await kernel.restart();
        notebook.run(store.order.peek());
      },
    },
    {
      id: "kernel.restart-and-run-here",
      title: titles.restartAndRunHere,
      category,
      enabled: () => store.selection.active.value !== null,
      offline: notices.offlineRun,
      run: async () => {
        const to = store.selection.index + 1;
        await kernel.restart();
        notebook.run(store.order.peek().slice(0, to));
      },
    },
    {
      id: "kernel.change",
      title: titles.changeKernel,
      category,
      icon: "kernel",
      offline: notices.offline,
      run: () => {
        notebook.choosingKernel.value = true;
        void notebook.kernels.refresh();
      },
    },
    {
      id: "kernel.shutdown",
      title: titles.shutDown,
      category,
      enabled: hasKernel,
      offline: notices.offline,
      run: () => kernel.shutdown(),
    },
    {
      id: "kernel.clear-queue",
      title: titles.clearQueue,
      category,
      enabled: () => store.run.value.queued.length > 0,
      offline: notices.offline,
      run: () => notebook.document.clearQueue(),
    },
  ];
}

function fileCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store, document } = notebook;
  const category = categories.file;
  const hasChangedOnDisk = (): boolean => store.document.value.state === "changed_on_disk";
  return [
    {
      id: "document.save",
      title: titles.save,
      category,
      icon: "save",
      keys: ["Mod+S", "S"],
      offline: notices.notSavedOffline,
      run: async () => {
        await notebook.save();
      },
    },
    { id: "document.reload", title: titles.reload, category, offline: notices.offline, run: () => document.reload() },
    {
      id: "document.overwrite",
      title: titles.overwrite,
      category,
      enabled: hasChangedOnDisk,
      offline: notices.offline,
      run: async () => (await import("./conflict/keepMine")).keepMine(notebook),
    },
    {
      id: "document.compare",
      title: titles.compare,
      category,
      enabled: hasChangedOnDisk,
      offline: notices.offline,
      run: () => void (notebook.comparing.value = true),
    },
    {
      id: "notebook.trust",
      title: titles.trust,
      category,
      enabled: () => notebook.trust.scriptsOff.value,
      offline: notices.offline,
      run: () => document.trust(),
    },
  ];
}
