/** A markdown cell, rendered. Enter or a double click edits it. Links to headings lead to the cell that has them. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { notebookText } from "../i18n/notebook";
import { openLinkedFile } from "../outputs/linkedFiles";
import { headingId, markdownClass, renderMarkdown, renderMarkdownNow } from "../markdown/markdown";
import styles from "./CellView.module.css";
import { cellWithHeading } from "./headings";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";

export interface MarkdownViewProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
}

export function MarkdownView({ notebook, id }: MarkdownViewProps) {
  const { store } = notebook;
  const cell = useComputed(() => store.cell(id)?.value).value;
  const source = cell?.source ?? "";
  const options = { attachments: cell?.attachments, folder: store.folder.value };
  const html = useRendered(source, options);
  const edit = (): void => store.selection.edit(id);
  if (source.trim() === "") {
    return (
      <p class={styles.emptyMarkdown} onDblClick={edit}>
        {notebookText.cell.hintMarkdown}
      </p>
    );
  }
  if (html === null) return <pre class={`${markdownClass} ${styles.plainMarkdown ?? ""}`}>{source}</pre>;
  return (
    <div
      class={markdownClass}
      data-searched="source"
      dangerouslySetInnerHTML={{ __html: html }}
      onDblClick={edit}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        const href = link?.getAttribute("href") ?? "";
        if (!href.startsWith("#")) {
          openLinkedFile(event, notebook.outputHost);
          return;
        }
        event.preventDefault();
        goTo(notebook, href);
      }}
    />
  );
}

/** Null until the chunk that renders has come. */
export function useRendered(source: string, options: Parameters<typeof renderMarkdownNow>[1]): string | null {
  const [late, setLate] = useState<{ readonly source: string; readonly html: string } | null>(null);
  const now = useMemo(() => renderMarkdownNow(source, options), [source, options?.folder, options?.attachments, late]);
  useEffect(() => {
    if (now !== null) return;
    let dropped = false;
    renderMarkdown(source, options).then(
      (html) => dropped || setLate({ source, html }),
      () => undefined, // the chunk could not be had: the text stays as it was written
    );
    return () => {
      dropped = true;
    };
  }, [source, now === null]);
  return now ?? (late?.source === source ? late.html : null);
}

function goTo(notebook: OpenNotebook, href: string): void {
  const { store } = notebook;
  const cell = cellWithHeading(store.notebook, headingId(href));
  if (cell === null) return;
  store.selection.select(cell);
  notebook.page?.reveal(cell);
  document.getElementById(headingId(href))?.scrollIntoView({ block: "nearest" });
}
