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
      run: () => kernel.interrupt(),
    },
    {
      id: "kernel.restart",
      title: titles.restart,
      category,
      icon: "restart",
      keys: ["0 0"],
      when: "command",
      run: () => kernel.restart(),
    },
    {
      id: "kernel.restart-and-run-all",
      title: titles.restartAndRunAll,
      category,
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
      run: () => {
        notebook.choosingKernel.value = true;
        void notebook.kernels.refresh();
      },
    },
    { id: "kernel.shutdown", title: titles.shutDown, category, enabled: hasKernel, run: () => kernel.shutdown() },
    {
      id: "kernel.clear-queue",
      title: titles.clearQueue,
      category,
      enabled: () => store.run.value.queued.length > 0,
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
      run: async () => {
        const saved = await notebook.save();
        if (!saved && !document.isOpen) store.notify(notices.notSavedOffline);
      },
    },
    { id: "document.reload", title: titles.reload, category, run: () => document.reload() },
    {
      id: "document.overwrite",
      title: titles.overwrite,
      category,
      enabled: hasChangedOnDisk,
      run: () => document.overwrite(),
    },
    {
      id: "notebook.trust",
      title: titles.trust,
      category,
      enabled: () => notebook.trust.scriptsOff.value,
      run: () => document.trust(),
    },
  ];
}
