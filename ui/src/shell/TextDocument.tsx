/** A text file as a document of the shell. Loaded when the first one is opened. */
import { computed } from "@preact/signals";
import type { Command } from "../design/command";
import { en } from "../i18n/en";
import { workspaceText } from "../i18n/workspace";
import { createTextEditor } from "../workspace/textFile/mountEditor";
import { textPaper } from "../workspace/textFile/textPaper";
import { type SaveState, type TextFileApi, TextFileStore } from "../workspace/textFile/textFileStore";
import { TextFileView } from "../workspace/textFile/TextFileView";
import { type DocumentStatus, NO_STATUS, type OpenDocument, type SaveWord } from "./document";
import type { TextError } from "./tabsStore";

export interface TextDocumentParts {
  readonly path: string;
  readonly error: TextError | null;
  readonly api: TextFileApi;
  readonly fileUrl: (path: string) => string;
  /** Opens a file with the system's own program; `null` in a browser. */
  readonly openInSystem: ((path: string) => Promise<boolean>) | null;
  readonly openAsNotebook: () => void;
  readonly repair: () => Promise<void>;
}

const WORDS: Readonly<Record<SaveState["at"], SaveWord>> = {
  saved: "saved",
  unsaved: "unsaved",
  saving: "saving",
  failed: "failed",
  changed: "changed_on_disk",
};

export function openTextDocument({
  path,
  error,
  api,
  fileUrl,
  openInSystem,
  openAsNotebook,
  repair,
}: TextDocumentParts): OpenDocument {
  const store = new TextFileStore(path, api);
  const editor = createTextEditor();
  void store.open();
  const check = (): void => void store.check();
  globalThis.addEventListener("focus", check);
  const status = computed<DocumentStatus>(() => {
    const load = store.load.value;
    if (load.at !== "text") return NO_STATUS;
    const state = store.state.value;
    const word = state.at === "saved" && !load.writable ? "read_only" : WORDS[state.at];
    return {
      ...NO_STATUS,
      save: { word, at: null, message: state.at === "failed" ? state.message : "" },
      cursor: editor.cursor.value,
    };
  });
  return {
    unsaved: store.unsaved,
    wouldLose: store.unsaved,
    status,
    commands: textCommands(store),
    paper: textPaper(store, fileUrl),
    drops: null,
    view: () => (
      <TextFileView
        store={store}
        error={error}
        fileUrl={fileUrl}
        mountEditor={editor.mount}
        openInSystem={openInSystem}
        openAsNotebook={openAsNotebook}
        repair={() => void store.save().then(repair)}
      />
    ),
    content: () => Promise.resolve(store.written),
    save: async () => {
      await store.save();
      return !store.unsaved.value;
    },
    goToLine: (line) => editor.goToLine(line),
    renamed: (to) => store.renamed(to),
    close: () => globalThis.removeEventListener("focus", check),
  };
}

function textCommands(store: TextFileStore): readonly Command[] {
  const category = en.categories.file;
  const isText = (): boolean => store.load.value.at === "text";
  return [
    {
      id: "document.save",
      title: workspaceText.textFile.save,
      category,
      icon: "save",
      keys: ["Mod+S"],
      enabled: isText,
      run: () => store.save(),
    },
    {
      id: "document.reload",
      title: workspaceText.textFile.reload,
      category,
      enabled: isText,
      run: () => store.open(),
    },
    {
      id: "document.overwrite",
      title: workspaceText.textFile.keepMine,
      category,
      enabled: () => store.state.value.at === "changed",
      run: () => store.overwrite(),
    },
  ];
}
