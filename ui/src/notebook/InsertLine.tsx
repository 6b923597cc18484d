/** The gap above a cell: under the pointer it offers to put a cell there. The keyboard has A and B for this. */
import { Icon } from "../design/Icon";
import { notebookText } from "../i18n/notebook";
import styles from "./InsertLine.module.css";
import type { CellId, CellType } from "./model";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.list;

export function InsertLine({ notebook, before }: { readonly notebook: OpenNotebook; readonly before: CellId }) {
  const insert = (cellType: CellType): void => {
    const { store } = notebook;
    notebook.insert(store.order.peek()[(store.places.peek().get(before) ?? 0) - 1] ?? null, cellType);
  };
  return (
    <div class={styles.gap}>
      <InsertButton label={text.code} title={text.insertCode} insert={() => insert("code")} />
      <InsertButton label={text.text} title={text.insertText} insert={() => insert("markdown")} />
    </div>
  );
}

/** At the end of the notebook, always there. */
export function InsertAtEnd({ notebook }: { readonly notebook: OpenNotebook }) {
  const insert = (cellType: CellType): void => notebook.insert(notebook.store.order.peek().at(-1) ?? null, cellType);
  return (
    <div class={styles.end}>
      <InsertButton label={text.code} title={text.insertCode} insert={() => insert("code")} isTabStop />
      <InsertButton label={text.text} title={text.insertText} insert={() => insert("markdown")} isTabStop />
    </div>
  );
}

interface InsertButtonProps {
  readonly label: string;
  readonly title: string;
  readonly insert: () => void;
  readonly isTabStop?: boolean;
}

function InsertButton({ label, title, insert, isTabStop = false }: InsertButtonProps) {
  return (
    <button
      type="button"
      class={styles.button}
      title={title}
      aria-label={title}
      tabIndex={isTabStop ? 0 : -1}
      onClick={insert}
    >
      <Icon name="plus" size={14} />
      {label}
    </button>
  );
}
