/** The editor of a text file: the same one that notebooks have, loaded when the first text is shown. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveEditor } from "../../editor/liveEditor";
import { workspaceText } from "../../i18n/workspace";
import { nameOf } from "../paths";
import { languageOf } from "./languages";
import type { TextFileStore } from "./textFileStore";

/** Puts an editor into an element; gives back how to take it out again. */
export type EditorMount = (parent: HTMLElement, store: TextFileStore) => () => void;

export interface TextEditor {
  readonly mount: EditorMount;
  /** Puts the caret into a line, from 1; once the editor has come, if it is still on its way. */
  readonly goToLine: (line: number) => void;
  /** Counted from 1; `null` while the editor is not there. */
  readonly cursor: ReadonlySignal<{ readonly line: number; readonly column: number } | null>;
}

const ONLY = "text"; // the editor knows cells; a file is the only one

export function createTextEditor(): TextEditor {
  const cursor = signal<{ line: number; column: number } | null>(null);
  let live: LiveEditor | null = null;
  let wanted: number | null = null;

  const goToLine = (line: number): void => {
    wanted = live === null ? line : null;
    live?.focus(line);
  };

  const mount: EditorMount = (parent, store) => {
    let unmount: () => void = () => undefined;
    let isHere = true;
    void import("../../editor/liveEditor").then(({ LiveEditor }) => {
      if (!isHere) return;
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
      if (wanted !== null || waiting) editor.focus(wanted ?? "start");
      live = editor;
      wanted = null;
      const stopText = effect(() => editor.setSource(ONLY, store.text.value));
      const stopCursor = effect(() => {
        cursor.value = editor.cursor.value;
      });
      unmount = () => {
        stopText();
        stopCursor();
        live = null;
        editor.destroy();
        cursor.value = null;
      };
    });
    return () => {
      isHere = false;
      unmount();
    };
  };

  return { mount, goToLine, cursor };
}
