/**
 * The text of a cell: the live editor where it is being edited, static HTML that looks the same everywhere else. The
 * static text stays until the editor has taken its place.
 */
import { useComputed } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { highlight, lineNumbers, staticCodeClass, staticCodeWrap } from "../editor/staticCode";
import styles from "./CellView.module.css";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";

export interface CodeViewProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
  readonly language: string;
  /** Prose wraps, code scrolls. */
  readonly wraps: boolean;
}

export function CodeView({ notebook, id, language, wraps }: CodeViewProps) {
  const { store, editor, editorChoices: choices } = notebook;
  const host = useRef<HTMLDivElement>(null);
  const isLive = useComputed(() => notebook.liveCell.value === id && editor.isReady.value).value;
  const isEdited = useComputed(
    () => store.selection.mode.value === "edit" && store.selection.active.value === id,
  ).value;
  const numbered = useComputed(() => !wraps && notebook.lineNumbers.areShown(id)).value; // prose has lines of its own
  useLayoutEffect(() => {
    const parent = host.current;
    if (!isLive || parent === null) return;
    editor.show(id, parent, store.cell(id)?.peek().source ?? "", language, {
      lineNumbers: numbered,
      closeBrackets: choices.closeBrackets.peek(),
      vim: choices.vim.peek(),
    });
    return () => editor.hide(id);
  }, [isLive, language, numbered, choices.closeBrackets.value, choices.vim.value]);
  const found = useComputed(() => notebook.find.marksOf(id)).value;
  useLayoutEffect(() => {
    if (isLive) editor.mark(id, found);
  }, [isLive, language, numbered, found]);
  useLayoutEffect(() => {
    if (isLive && isEdited && host.current !== null) editor.focus(id, host.current, store.selection.caret.peek());
  }, [isLive, isEdited, store.selection.entered.value]);
  return (
    <div
      class={styles.code}
      onFocusIn={() => {
        if (isLive && !isEdited) store.selection.edit(id);
      }}
    >
      <div ref={host} />
      {!isLive && numbered && (
        <div class={styles.numbered}>
          <Numbers notebook={notebook} id={id} />
          <StaticCode notebook={notebook} id={id} language={language} wraps={wraps} />
        </div>
      )}
      {!isLive && !numbered && <StaticCode notebook={notebook} id={id} language={language} wraps={wraps} />}
    </div>
  );
}

function Numbers({ notebook, id }: Pick<CodeViewProps, "notebook" | "id">) {
  const numbers = useComputed(() => lineNumbers(notebook.store.cell(id)?.value.source ?? "")).value;
  return (
    <div class="static-code-numbers" aria-hidden="true">
      {numbers}
    </div>
  );
}

function StaticCode({ notebook, id, language, wraps }: CodeViewProps) {
  const html = useComputed(() =>
    highlight(notebook.store.cell(id)?.value.source ?? "", language, notebook.find.marksOf(id)),
  );
  return (
    <pre
      class={wraps ? `${staticCodeClass} ${staticCodeWrap}` : staticCodeClass}
      dangerouslySetInnerHTML={{ __html: html.value }}
      onMouseDown={(event) => {
        if (event.button !== 0 || event.shiftKey) return;
        event.preventDefault(); // the editor does with the press what the browser would have done
        event.stopPropagation();
        const { store, editor } = notebook;
        editor.pressed(id, event);
        const select = (): void => store.selection.edit(id);
        if (notebook.page === null) select();
        else notebook.page.press(select);
      }}
    />
  );
}
