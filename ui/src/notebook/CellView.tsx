/** One cell: gutter, text, outputs. What it shows comes from the store; what is done to it are commands. */
import { useComputed } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { notebookText } from "../i18n/notebook";
import { isHidden, toggleHidden } from "./cellActions";
import { cellLabel } from "./cellLabel";
import { endWord } from "./cellState";
import { CellToolbar } from "./CellToolbar";
import styles from "./CellView.module.css";
import { CodeView } from "./CodeView";
import { undecidedIn } from "./documentMessages";
import { Gutter, RawGutter } from "./Gutter";
import { InsertLine } from "./InsertLine";
import { MarkdownView } from "./MarkdownView";
import type { CellId, CellType } from "./model";
import { OutputArea } from "./OutputArea";
import { FoldButton, FoldedLine } from "./outline/Fold";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.cell;
const HOVER = 60; // milliseconds

export interface CellProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
}

export function CellView({ notebook, id }: CellProps) {
  const { store } = notebook;
  const { selection } = store;
  const cell = store.cell(id);
  const type = useComputed(() => cell?.value.cell_type ?? "code").value;
  const isActive = useComputed(() => selection.active.value === id).value;
  const isSelected = useComputed(() => selection.isSelected(id)).value;
  const isAlone = useComputed(() => selection.selected.value.length < 2).value;
  const isEdited = useComputed(() => isActiveIn(notebook, id) && selection.mode.value === "edit").value;
  const end = useComputed(() => endWord(store, notebook.runHistory, id)).value;
  const place = useComputed(() => (store.places.value.get(id) ?? 0) + 1).value;
  const count = useComputed(() => store.order.value.length).value;
  const label = useComputed(() => cellLabel(notebook, id)).value;
  const [hovered, hover] = useHover();
  const classes = [
    styles.cell,
    isActive && styles.active,
    isSelected && !isAlone && styles.selected,
    isEdited && styles.edited,
    (end === "error" || end === "died") && styles.failed,
    end === "interrupted" && styles.stopped,
  ];
  return (
    <div
      role="listitem"
      class={classes.filter(Boolean).join(" ")}
      data-cell={id}
      data-active={isActive ? "" : undefined}
      data-selected={isSelected ? "" : undefined}
      tabIndex={isActive ? 0 : -1}
      aria-label={label}
      aria-posinset={place}
      aria-setsize={count}
      aria-current={isActive ? "true" : undefined}
      onMouseDown={(event) => press(notebook, id, event)}
      {...hover}
    >
      <InsertLine notebook={notebook} before={id} />
      {type === "code" && <Gutter notebook={notebook} id={id} isActive={isActive} />}
      {type === "markdown" && <FoldButton notebook={notebook} id={id} isActive={isActive} />}
      {type === "raw" && <RawGutter />}
      <div class={styles.content}>
        <Undecided notebook={notebook} id={id} />
        <Source notebook={notebook} id={id} type={type} isEdited={isEdited} />
        {type === "code" && <OutputArea notebook={notebook} id={id} label={text.name(place)} />}
        <FoldedLine notebook={notebook} id={id} />
        {(isActive || hovered) && <CellToolbar notebook={notebook} id={id} type={type} />}
      </div>
    </div>
  );
}

/** Whether the pointer rests on it; one that passes by leaves no trace. */
function useHover() {
  const [hovered, set] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hover = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set(true), HOVER) as unknown as number;
    },
    onPointerLeave: () => {
      clearTimeout(timer.current);
      set(false);
    },
  };
  return [hovered, hover] as const;
}

function Undecided({ notebook, id }: CellProps) {
  const why = useComputed(() => undecidedIn(notebook.store.document.value, id)).value;
  if (why === null) return null;
  return <p class={styles.undecided}>{text.undecided[why]}</p>;
}

function Source({ notebook, id, type, isEdited }: CellProps & { readonly type: CellType; readonly isEdited: boolean }) {
  const { store } = notebook;
  const cell = store.cell(id);
  const hidden = useComputed(() => cell !== undefined && isHidden(cell.value, "source")).value;
  const showsText = useComputed(() => store.editedText.value === id).value || isEdited;
  const isHint = useComputed(() => store.order.value.length === 1 && cell?.value.source === "").value;
  const isNumbered = useComputed(() => notebook.lineNumbers.areShown(id)).value;
  const language = store.language.value;
  if (hidden && !isEdited) {
    return (
      <div class={styles.hiddenCode}>
        <span>{text.codeHidden}</span>
        <Button
          label={text.show}
          variant="quiet"
          onClick={() => notebook.change(toggleHidden(store.notebook, [id], "source"))}
        />
      </div>
    );
  }
  if (type === "markdown" && !showsText) return <MarkdownView notebook={notebook} id={id} />;
  const name = type === "code" ? language : type === "markdown" ? "markdown" : "plain";
  return (
    <div class={styles.frame}>
      <CodeView notebook={notebook} id={id} language={name} wraps={type !== "code"} />
      {isHint && type === "code" && (
        <p class={`${styles.hint ?? ""} ${isNumbered ? (styles.numberedHint ?? "") : ""}`}>{text.hintCode}</p>
      )}
    </div>
  );
}

function isActiveIn({ store }: OpenNotebook, id: CellId): boolean {
  return store.selection.active.value === id;
}

/** A press selects; with Shift it extends the selection. Controls, links and selected text keep what they do. */
function press(notebook: OpenNotebook, id: CellId, event: MouseEvent): void {
  const { selection } = notebook.store;
  const target = event.target instanceof Element ? event.target : null;
  if (event.button !== 0 || target?.closest("button, .cm-editor, [role=menu]") != null) return;
  const isField = target?.closest("input, textarea, select") != null;
  // Several that are pressed in the gutter may be about to be dragged: the drag selects the one when it was none.
  if (!event.shiftKey && target?.closest("[data-gutter]") != null && selection.selected.peek().includes(id)) return;
  const select = (): void => {
    if (event.shiftKey && !isField) selection.extendTo(id);
    else selection.select(id);
  };
  if (event.shiftKey && !isField) event.preventDefault(); // no text is selected on the way
  if (notebook.page === null) select();
  else notebook.page.press(select);
}
