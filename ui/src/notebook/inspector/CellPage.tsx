/** The page about the active cell: its tags, its attachments, its metadata, and the notebook's. Each change can be undone. */
import { useComputed, useSignal } from "@preact/signals";
import { Button, IconButton } from "../../design/Button";
import { Spoken } from "../../design/Voice";
import { cellPageText as text } from "../../i18n/cellPage";
import { notebookText } from "../../i18n/notebook";
import type { JsonObject } from "../../wire/json";
import type { Cell } from "../model";
import type { OpenNotebook } from "../openNotebook";
import styles from "./CellPage.module.css";
import { metadataText, parseMetadata, tagsIn, tagsOf, withTags } from "./metadata";

interface PageProps {
  readonly notebook: OpenNotebook;
}

export function CellPage({ notebook }: PageProps) {
  const { store } = notebook;
  const cell = useComputed(() => store.cell(store.selection.active.value ?? "")?.value).value;
  const place = useComputed(() => (store.places.value.get(store.selection.active.value ?? "") ?? 0) + 1).value;
  return (
    <div class={styles.page}>
      {cell === undefined ? (
        <p>{text.none}</p>
      ) : (
        <>
          <h2 class={styles.title}>{text.about(place, notebookText.cell.kinds[cell.cell_type])}</h2>
          <Tags key={`tags ${cell.id}`} notebook={notebook} cell={cell} />
          {cell.attachments !== undefined && <Attachments notebook={notebook} cell={cell} />}
          <Metadata
            key={`metadata ${cell.id}`}
            label={text.cellMetadata}
            metadata={cell.metadata}
            set={(metadata) => notebook.change({ edits: [{ op: "set_cell_metadata", cell: cell.id, metadata }] })}
          />
        </>
      )}
      <Metadata
        label={text.notebookMetadata}
        metadata={store.metadata.value}
        set={(metadata) => notebook.change({ edits: [{ op: "set_notebook_metadata", metadata }] })}
      />
    </div>
  );
}

function Tags({ notebook, cell }: PageProps & { readonly cell: Cell }) {
  const typed = useSignal("");
  const tags = tagsOf(cell);
  const set = (now: readonly string[]): void => {
    const metadata = withTags(cell.metadata, now);
    notebook.change({ edits: [{ op: "set_cell_metadata", cell: cell.id, metadata }] });
  };
  const add = (): void => {
    const fresh = tagsIn(typed.value).filter((tag) => !tags.includes(tag));
    if (fresh.length > 0) set([...tags, ...fresh]);
    typed.value = "";
  };
  return (
    <section class={styles.part} aria-label={text.tags}>
      <h3 class={styles.heading}>{text.tags}</h3>
      {tags.length === 0 && <p class={styles.quiet}>{text.noTags}</p>}
      <ul class={styles.tags} role="list">
        {tags.map((tag) => (
          <li key={tag} class={styles.tag}>
            {tag}
            <IconButton
              icon="close"
              size={12}
              label={text.removeTag(tag)}
              onClick={() => set(tags.filter((one) => one !== tag))}
            />
          </li>
        ))}
      </ul>
      <input
        class={styles.field}
        aria-label={text.addTag}
        placeholder={text.addTag}
        title={text.addTagHint}
        value={typed.value}
        onInput={(event) => void (typed.value = event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && add()}
        onBlur={add}
      />
    </section>
  );
}

function Attachments({ notebook, cell }: PageProps & { readonly cell: Cell }) {
  const names = Object.keys(cell.attachments ?? {});
  const remove = (name: string): void => {
    const { [name]: _, ...attachments } = cell.attachments ?? {};
    notebook.change({ edits: [{ op: "set_attachments", cell: cell.id, attachments }] });
  };
  return (
    <section class={styles.part} aria-label={text.attachments}>
      <h3 class={styles.heading}>{text.attachments}</h3>
      <ul class={styles.list} role="list">
        {names.map((name) => (
          <li key={name} class={styles.row}>
            <span class={styles.name} title={name}>
              {name}
            </span>
            {!cell.source.includes(`attachment:${name}`) && <span class={styles.quiet}>{text.unused}</span>}
            <IconButton icon="trash" label={text.removeAttachment(name)} onClick={() => remove(name)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MetadataProps {
  readonly label: string;
  readonly metadata: JsonObject;
  readonly set: (metadata: JsonObject) => void;
}

/** What is typed is kept until it is applied, or taken back; until then, changes from elsewhere are shown. */
function Metadata({ label, metadata, set }: MetadataProps) {
  const typed = useSignal<string | null>(null);
  const own = metadataText(metadata);
  const parsed = typed.value === null ? null : parseMetadata(typed.value);
  const mistake =
    parsed?.at === "wrong" ? text.wrong(parsed.line, parsed.column) : parsed?.at === "notObject" ? text.notObject : "";
  const lines = (typed.value ?? own).split("\n").length;
  return (
    <section class={styles.part} aria-label={label}>
      <h3 class={styles.heading}>{label}</h3>
      <textarea
        class={styles.json}
        aria-label={label}
        aria-invalid={mistake !== ""}
        spellcheck={false}
        rows={Math.min(24, Math.max(4, lines + 1))}
        value={typed.value ?? own}
        onInput={(event) => void (typed.value = event.currentTarget.value)}
      />
      {mistake !== "" && (
        <Spoken tag="p" class={styles.mistake}>
          {mistake}
        </Spoken>
      )}
      {typed.value !== null && typed.value !== own && (
        <div class={styles.actions}>
          <Button
            label={text.apply}
            variant="primary"
            disabled={parsed?.at !== "ready"}
            onClick={() => {
              if (parsed?.at !== "ready") return;
              set(parsed.metadata);
              typed.value = null;
            }}
          />
          <Button label={text.revert} onClick={() => void (typed.value = null)} />
        </div>
      )}
    </section>
  );
}
