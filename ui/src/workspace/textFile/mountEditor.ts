/** The editor of a text file: the same one that notebooks have, loaded when the first text is shown. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { workspaceText } from "../../i18n/workspace";
import { nameOf } from "../paths";
import { languageOf } from "./languages";
import type { TextFileStore } from "./textFileStore";

/** Puts an editor into an element; gives back how to take it out again. */
export type EditorMount = (parent: HTMLElement, store: TextFileStore) => () => void;

export interface TextEditor {
  readonly mount: EditorMount;
  /** Counted from 1; `null` while the editor is not there. */
  readonly cursor: ReadonlySignal<{ readonly line: number; readonly column: number } | null>;
}

const ONLY = "text"; // the editor knows cells; a file is the only one

export function createTextEditor(): TextEditor {
  const cursor = signal<{ line: number; column: number } | null>(null);

  const mount: EditorMount = (parent, store) => {
    let unmount: () => void = () => undefined;
    let wanted = true;
    void import("../../editor/liveEditor").then(({ LiveEditor }) => {
      if (!wanted) return;
      const editor = new LiveEditor({
        changed: (_cell, source) => store.setText(source),
        leave: (how) => {
          if (how === "escape") parent.closest<HTMLElement>("[data-region]")?.focus(); // so that Tab goes on from here
        },
        key: () => false,
      });
      const path = store.path.peek();
      editor.show(ONLY, parent, store.text.peek(), languageOf(path), { lineNumbers: true });
      parent.querySelector(".cm-content")?.setAttribute("aria-label", workspaceText.textFile.editorLabel(nameOf(path)));
      // The focus waits on the region while the editor loads.
      const waiting = document.activeElement === parent.closest("[data-region]");
      if (waiting) editor.focus("start");
      const stopText = effect(() => editor.setSource(ONLY, store.text.value));
      const stopCursor = effect(() => {
        cursor.value = editor.cursor.value;
      });
      unmount = () => {
        stopText();
        stopCursor();
        editor.destroy();
        cursor.value = null;
      };
    });
    return () => {
      wanted = false;
      unmount();
    };
  };

  return { mount, cursor };
}
