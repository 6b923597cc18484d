/**
 * Writes the state of the widgets that a notebook shows into its metadata, for readers that have no kernel (nbviewer,
 * nbconvert, JupyterLab), and takes it out. Both are edits like others: saved with the notebook, and undone.
 */
import { fileSize } from "../i18n/size";
import { widgetStateText } from "../i18n/widgetState";
import { choose } from "../outputs/mimebundle";
import type { JsonObject } from "../wire/json";
import type { OpenNotebook } from "./openNotebook";

export async function saveWidgetState(notebook: OpenNotebook): Promise<void> {
  const { store, widgets } = notebook;
  const shown = shownWidgets(notebook);
  if (shown.length === 0) {
    store.notify(widgetStateText.none);
    return;
  }
  await widgets.ready();
  const loaded = widgets.shown.peek();
  if (loaded?.store.isComplete.peek() !== true) {
    store.notify(widgetStateText.notThere);
    return;
  }
  const { seenModels, withSavedState } = loaded.chunk;
  const models = seenModels(loaded.store.all(), shown);
  if (models.length === 0) {
    store.notify(widgetStateText.gone);
    return;
  }
  const { metadata } = store.notebook;
  const after = withSavedState(metadata, models);
  setMetadata(notebook, after);
  const size = new Blob([JSON.stringify(after["widgets"])]).size;
  store.notify(widgetStateText.saved(models.length, fileSize(size)));
}

export async function clearWidgetState(notebook: OpenNotebook): Promise<void> {
  const { withSavedState } = await import("../widgets/savedState");
  const { store } = notebook;
  const { metadata } = store.notebook;
  if (metadata["widgets"] === undefined) {
    store.notify(widgetStateText.noneSaved);
    return;
  }
  setMetadata(notebook, withSavedState(metadata, []));
  store.notify(widgetStateText.cleared);
}

/** The models that outputs name. */
function shownWidgets({ store }: OpenNotebook): readonly string[] {
  return store.notebook.cells.flatMap(({ outputs = [] }) =>
    outputs.flatMap((output) => {
      const choice = "data" in output ? choose(output.data) : null;
      return choice?.kind === "widget" ? [choice.model] : [];
    }),
  );
}

function setMetadata(notebook: OpenNotebook, metadata: JsonObject): void {
  notebook.change({ edits: [{ op: "set_notebook_metadata", metadata }] });
}
