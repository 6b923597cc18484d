/** The commands that show what was. */
import { historyText } from "../../i18n/history";
import { notebookText } from "../../i18n/notebook";
import type { CommandSketch } from "../commands";
import type { OpenNotebook } from "../openNotebook";

const { categories, notices } = notebookText;

export function historyCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const { store } = notebook;
  const path = (): string => store.document.peek().path;
  return [
    {
      id: "document.versions",
      title: historyText.versions.command,
      category: categories.file,
      offline: notices.offline,
      run: () => notebook.versions.open(path()),
    },
    {
      id: "notebook.past-runs",
      title: historyText.runs.command,
      category: categories.cell,
      enabled: () => {
        const id = store.selection.active.value;
        return id !== null && store.cell(id)?.value.cell_type === "code";
      },
      offline: notices.offline,
      run: () => {
        const id = store.selection.active.peek();
        if (id !== null) void notebook.pastRuns.open(path(), id);
      },
    },
  ];
}
