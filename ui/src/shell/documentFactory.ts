/** Makes documents for tabs. What a document needs is loaded when the first of its kind is opened. */
import type { DocumentFactory } from "./opening";
import type { Shell } from "./shell";

export function documentFactory(shell: Shell): DocumentFactory {
  const openAsNotebook = async (path: string): Promise<void> => {
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
      return openTextDocument({
        path,
        error,
        api: shell.server.text,
        fileUrl: (file) => shell.server.fileUrl(file),
        openAsNotebook: () => void openAsNotebook(path),
      });
    },
  };
}
