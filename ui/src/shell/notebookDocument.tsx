/** A notebook as a document of the shell. Loaded, with all that notebooks need, when the first one is opened. */
import { signal } from "@preact/signals";
import { NO_STATUS, type OpenDocument } from "./document";
import type { NotebookProblem } from "./opening";

export interface NotebookDocumentParts {
  readonly path: string;
  readonly problem: (problem: NotebookProblem) => void;
}

export function openNotebookDocument({ path }: NotebookDocumentParts): OpenDocument {
  return {
    unsaved: signal(false),
    wouldLose: signal(false),
    status: signal(NO_STATUS),
    commands: [],
    view: () => <p>{path}</p>,
    save: () => Promise.resolve(true),
    renamed: () => undefined,
    close: () => undefined,
  };
}
