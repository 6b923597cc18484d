/** Makes documents for tabs. What a kind of document needs is loaded when the first of its kind is opened. */
import type { EarlySocket } from "../wire/earlySocket";
import { INSPECTOR_WIDTH } from "../workspace/settings/preferences";
import type { OpenNotebookDocument } from "./NotebookDocument";
import type { DocumentFactory } from "./opening";
import { workspaceText } from "../i18n/workspace";
import { partOf } from "./document";
import { showKeys } from "./keys";
import { failureOf } from "./server";
import { openSystemFile } from "./systemFiles";
import type { Shell } from "./shell";

/** `early` is a socket that was opened before the page was there, for the notebook that it begins with. */
export function documentFactory(shell: Shell, early: EarlySocket | null): DocumentFactory {
  let notebooks: Promise<OpenNotebookDocument> | null = null;

  /** A chunk that did not come is asked for again the next time. */
  const loadNotebooks = (): Promise<OpenNotebookDocument> => {
    notebooks ??= import("./NotebookDocument").then(
      ({ notebookDocuments }) =>
        notebookDocuments({
          run: (command) => void shell.commands.run(command),
          early,
          keysOf: (command) => {
            const [keys] = shell.commands.find(command)?.keys ?? [];
            return keys === undefined ? "" : showKeys(keys, shell.mac);
          },
          pastedImage: () => shell.bridge.pastedImage(),
          copyImage: (png) => shell.bridge.copyImage(png),
          ended: (path, end) => shell.notices.ended(path, end),
          editorChoices: {
            lineNumbers: shell.preferences.lineNumbers,
            setLineNumbers: (on) => shell.preferences.setLineNumbers(on),
            closeBrackets: shell.preferences.closeBrackets,
            vim: shell.preferences.vim,
          },
          inspector: {
            page: shell.preferences.inspector.peek(),
            remember: (page) => shell.preferences.setInspector(page),
            width: shell.preferences.inspectorWidth,
            outlineCode: shell.preferences.outlineCode,
            setOutlineCode: (on) => shell.preferences.setOutlineCode(on),
            range: INSPECTOR_WIDTH,
            setWidth: (pixels) => shell.preferences.setInspectorWidth(pixels),
          },
          opener: {
            openFile: (path) => void shell.openAndEnter(path),
            openAsText: (path, message) => void shell.opening.openText(path, { message, line: null }),
            openView: (title, view) => shell.opening.openPart(title, partOf(view)),
            openSystemFile: (path, line) => void openSystemFile(shell, path, line),
          },
        }),
      (error: unknown) => {
        notebooks = null;
        throw error;
      },
    );
    return notebooks;
  };

  const openAsNotebook = async (path: string): Promise<void> => {
    const tab = shell.tabs.findPath(path);
    if (tab !== undefined && (await shell.opening.close(tab.id))) await shell.opening.open(path);
  };

  const repair = async (path: string): Promise<void> => {
    try {
      const copy = await shell.server.repair(path);
      void shell.files.refresh();
      await openAsNotebook(path);
      shell.toasts.show(workspaceText.textFile.repaired(copy));
    } catch (error) {
      shell.toasts.show(failureOf(error).message, "error");
    }
  };

  return {
    notebook: async (path, problem) => (await loadNotebooks())(path, problem),
    text: async (path, error) => {
      const { openTextDocument } = await import("./TextDocument");
      return openTextDocument({
        path,
        error,
        api: shell.server.text,
        fileUrl: (file) => shell.server.fileUrl(file),
        openInSystem: shell.bridge.isNative() ? (file) => shell.bridge.openPdf(file) : null,
        openAsNotebook: () => void openAsNotebook(path),
        repair: () => repair(path),
      });
    },
  };
}
