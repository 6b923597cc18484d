/** The state of widgets in the notebook's file: written when asked, for it may be large, and taken out again. */
import { notebookText } from "../i18n/notebook";
import type { CommandSketch } from "./commands";
import type { OpenNotebook } from "./openNotebook";

const { commands: titles, categories } = notebookText;

export function widgetCommands(notebook: OpenNotebook): readonly CommandSketch[] {
  const load = () => import("./widgetState");
  return [
    {
      id: "notebook.save-widget-state",
      title: titles.saveWidgetState,
      category: categories.edit,
      run: async () => (await load()).saveWidgetState(notebook),
    },
    {
      id: "notebook.clear-widget-state",
      title: titles.clearWidgetState,
      category: categories.edit,
      run: async () => (await load()).clearWidgetState(notebook),
    },
  ];
}
