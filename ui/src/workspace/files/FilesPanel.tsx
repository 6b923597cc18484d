/**
 * The files panel: a folder's list under its breadcrumb. Rows are windowed, so that a folder of ten thousand files opens
 * as fast as one of ten. One row is the tab stop; arrows, Home, End, letters, Enter, F2 and Delete work on it.
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../../design/Button";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { workspaceText } from "../../i18n/workspace";
import panel from "../panel.module.css";
import { Breadcrumb } from "./Breadcrumb";
import { FileRow } from "./FileRow";
import { type FilesActions, openMenu, trash } from "./fileActions";
import styles from "./FilesPanel.module.css";
import { type FilesStore, type FolderEntry, typeAhead } from "./filesStore";

const text = workspaceText.files;
const ROW = 26; // pixels, as in FilesPanel.module.css
const OVERSCAN = 10; // rows
const TYPE_AHEAD = 700; // milliseconds between two letters of one word

export interface FilesPanelProps {
  readonly store: FilesStore;
  readonly actions: FilesActions;
  /** The path in the active tab. */
  readonly shownPath: string | null;
}

export function FilesPanel({ store, actions, shownPath }: FilesPanelProps) {
  const create = async (kind: "newNotebook" | "newFolder" | "newFile") => {
    const path = await store.create(kind);
    if (path === null) return;
    if (kind === "newFolder") store.startRename(path);
    else actions.open(path);
  };
  return (
    <section
      class={panel.panel}
      aria-label={text.title}
      aria-busy={store.reading.value}
      data-folder={store.folder.value}
      onFocusIn={(event) => (event.currentTarget.dataset["focused"] = "true")}
      onFocusOut={(event) => {
        if (event.relatedTarget !== null) delete event.currentTarget.dataset["focused"];
      }}
    >
      <header class={panel.header}>
        <h2 class={panel.title}>{text.title}</h2>
        <IconButton icon="notebook" label={text.newNotebook} onClick={() => void create("newNotebook")} />
        <IconButton icon="file" label={text.newFile} onClick={() => void create("newFile")} />
        <IconButton icon="folder" label={text.newFolder} onClick={() => void create("newFolder")} />
        <IconButton icon="restart" label={text.refresh} onClick={() => void store.refresh()} />
      </header>
      <Breadcrumb store={store} />
      {store.problem.value !== "" && store.renaming.value === null && (
        <Spoken tag="p" class={panel.problem} isUrgent>
          <FromServer text={store.problem.value} />
        </Spoken>
      )}
      <FileList store={store} actions={actions} shownPath={shownPath} />
    </section>
  );
}

function FileList({ store, actions, shownPath }: FilesPanelProps) {
  const listing = store.listing.value;
  if (listing.at === "loading") return <p class={panel.note}>{text.loading}</p>;
  if (listing.at === "failed") {
    return (
      <Spoken tag="div" class={panel.note} isUrgent>
        <p>
          <FromServer text={text.failed(listing.message)} />
        </p>
        <Button label={text.retry} onClick={() => void store.refresh()} />
      </Spoken>
    );
  }
  if (listing.entries.length === 0) return <EmptyFolder store={store} actions={actions} />;
  return <FileRows store={store} actions={actions} shownPath={shownPath} entries={listing.entries} />;
}

function EmptyFolder({ store, actions }: Pick<FilesPanelProps, "store" | "actions">) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (lostFocus(box.current)) box.current?.querySelector("button")?.focus();
  }, [store.folder.value]);
  const make = async () => {
    const path = await store.create("newNotebook");
    if (path !== null) actions.open(path);
  };
  return (
    <div
      ref={box}
      class={panel.note}
      onKeyDown={(event) => (event.key === "Backspace" || event.key === "ArrowLeft") && void store.up()}
    >
      <p>{text.empty}</p>
      <Button label={text.newNotebook} icon="plus" onClick={() => void make()} />
    </div>
  );
}

/** Whether the panel had the focus and what held it is gone: then nobody has it, and the panel takes it back. */
function lostFocus(within: Element | null): boolean {
  return document.activeElement === document.body && within?.closest("[data-focused]") != null;
}

function FileRows({ store, actions, shownPath, entries }: FilesPanelProps & { entries: readonly FolderEntry[] }) {
  const box = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const typed = useRef({ word: "", at: 0 });
  const current = entries.findIndex((entry) => entry.path === store.current.value);
  useCurrentRow(box, entries, current, store.renaming.value);

  const first = Math.max(0, Math.floor(top.value / ROW) - OVERSCAN);
  const last = Math.min(entries.length, first + Math.ceil(globalThis.innerHeight / ROW) + 2 * OVERSCAN);
  const shown = entries.slice(first, last).map((entry, at) => ({ entry, at: first + at }));
  const tabStop = current < 0 ? 0 : current;
  const focused = entries[tabStop];
  if (focused !== undefined && (tabStop < first || tabStop >= last)) shown.push({ entry: focused, at: tabStop });

  return (
    <div
      ref={box}
      class={styles.list}
      onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
      onKeyDown={(event) => onKey(event, { store, actions, entries, at: tabStop, typed: typed.current })}
    >
      <ul
        role="list"
        class={styles.rows}
        aria-label={text.list(store.folder.value || text.root)}
        style={{ height: `${entries.length * ROW}px` }}
      >
        {shown.map(({ entry, at }) => (
          <FileRow
            key={entry.path}
            entry={entry}
            top={at * ROW}
            position={at + 1}
            count={entries.length}
            tabStop={at === tabStop}
            isShown={entry.path === shownPath}
            store={store}
            actions={actions}
          />
        ))}
      </ul>
    </div>
  );
}

/** Keeps the current row in view, and under the focus while the list has it. */
function useCurrentRow(
  box: { readonly current: HTMLDivElement | null },
  entries: readonly FolderEntry[],
  current: number,
  renaming: string | null,
): void {
  useLayoutEffect(() => {
    const list = box.current;
    if (list === null || current < 0) return;
    const above = current * ROW;
    if (above < list.scrollTop) list.scrollTop = above;
    else if (above + ROW > list.scrollTop + list.clientHeight) list.scrollTop = above + ROW - list.clientHeight;
    const onRow = document.activeElement?.matches("[data-row]") === true && list.contains(document.activeElement);
    if (renaming === null && (onRow || lostFocus(list))) focusRow(list);
  }, [entries, current, renaming]);
}

function focusRow(list: HTMLElement): void {
  list.querySelector<HTMLElement>("[data-row][tabindex='0']")?.focus({ preventScroll: true });
}

interface Keys {
  readonly store: FilesStore;
  readonly actions: FilesActions;
  readonly entries: readonly FolderEntry[];
  /** Index of the current row. */
  readonly at: number;
  /** The letters typed so far, and when the last one was. */
  readonly typed: { word: string; at: number };
}

function onKey(event: KeyboardEvent, keys: Keys): void {
  const row = event.target instanceof Element && event.target.matches("[data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!onMove(event.key, keys.store) && !onAction(event, keys) && !onLetter(event, keys)) return;
  event.preventDefault();
  event.stopPropagation();
}

function onMove(key: string, store: FilesStore): boolean {
  const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 };
  const step = steps[key];
  if (step !== undefined) store.step(step);
  else if (key === "Backspace" || key === "ArrowLeft") void store.up();
  else return false;
  return true;
}

function onAction(event: KeyboardEvent, { store, actions, entries, at }: Keys): boolean {
  const entry = entries[at];
  if (entry === undefined) return false;
  if (event.key === "F2") store.startRename(entry.path);
  else if (event.key === "Delete") void trash(store, actions, entry);
  else if (event.key === "ArrowRight" && entry.type === "directory") void store.show(entry.path);
  else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) openMenu(event.target as Element);
  else return false;
  return true;
}

function onLetter(event: KeyboardEvent, { store, entries, at, typed }: Keys): boolean {
  if (event.key.length !== 1 || event.key === " ") return false;
  const goesOn = event.timeStamp - typed.at < TYPE_AHEAD;
  typed.word = goesOn ? typed.word + event.key : event.key;
  typed.at = event.timeStamp;
  const found = typeAhead(entries, at, typed.word);
  if (found !== undefined) store.setCurrent(found.path);
  return true;
}
