/** What a heading has to fold its section: the chevron beside it, and the line that stands for what is hidden. */
import { useComputed } from "@preact/signals";
import { IconButton } from "../../design/Button";
import { outlineText as text } from "../../i18n/outline";
import type { CellId } from "../model";
import type { OpenNotebook } from "../openNotebook";
import styles from "./Fold.module.css";
import { levelOf } from "./sections";

interface FoldProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
}

export function FoldButton({ notebook, id, isActive }: FoldProps & { readonly isActive: boolean }) {
  const { store, sections } = notebook;
  const isHeading = useComputed(() => {
    const cell = store.cell(id)?.value;
    return cell !== undefined && levelOf(cell) !== null;
  }).value;
  const isFolded = useComputed(() => sections.folds.value.counts.has(id)).value;
  if (!isHeading) return <div class={styles.gutter} data-gutter="" />;
  return (
    <div class={styles.gutter} data-gutter="">
      <span class={isFolded ? styles.shown : styles.button}>
        <IconButton
          icon={isFolded ? "chevron-right" : "chevron-down"}
          label={isFolded ? text.commands.unfold : text.commands.fold}
          expanded={!isFolded}
          tabIndex={isActive ? 0 : -1}
          onClick={() => sections.fold(id, !isFolded)}
        />
      </span>
    </div>
  );
}

export function FoldedLine({ notebook, id }: FoldProps) {
  const count = useComputed(() => notebook.sections.folds.value.counts.get(id) ?? 0).value;
  if (count === 0) return null;
  return (
    <button type="button" class={styles.line} tabIndex={-1} onClick={() => notebook.sections.fold(id, false)}>
      {text.hidden(count)}
    </button>
  );
}
