/** Makes documents for tabs. What a document needs is loaded when the first of its kind is opened. */
import type { DocumentFactory } from "./opening";
import type { Shell } from "./shell";

export function documentFactory(shell: Shell): DocumentFactory {
  const openAsNotebook = (path: string) => async (): Promise<void> => {
    const tab = shell.tabs.findPath(path);
    if (tab !== undefined && (await shell.opening.close(tab.id))) await shell.opening.open(path);
  };
  return {
    notebook: async (path, problem) => {
      const { openNotebookDocument } = await import("./notebookDocument");
      return openNotebookDocument({ path, problem });
    },
    text: async (path, error) => {
      const { openTextDocument } = await import("./textDocument");
      const { fileUrl, text: api } = shell.server;
      return openTextDocument({ path, error, api, fileUrl, openAsNotebook: () => void openAsNotebook(path)() });
    },
  };
}
