/** One row of the files panel: its name, its menu, or the field in which it is renamed. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../design/Icon";
import { Menu } from "../../design/Menu";
import { isComposing } from "../../design/composing";
import { workspaceText } from "../../i18n/workspace";
import { type FilesActions, openMenu, trash } from "./fileActions";
import styles from "./FilesPanel.module.css";
import type { FilesStore, FolderEntry } from "./filesStore";

const text = workspaceText.files;
const ICONS = { directory: "folder", notebook: "notebook", file: "file" } as const;

export interface FileRowProps {
  readonly entry: FolderEntry;
  /** Pixels from the top of the list. */
  readonly top: number;
  /** Counted from 1. */
  readonly position: number;
  readonly count: number;
  readonly tabStop: boolean;
  readonly isShown: boolean;
  readonly store: FilesStore;
  readonly actions: FilesActions;
}

export function FileRow({ entry, top, position, count, tabStop, isShown, store, actions }: FileRowProps) {
  const open = () => {
    store.setCurrent(entry.path);
    if (entry.type === "directory") void store.show(entry.path);
    else actions.open(entry.path);
  };
  const renaming = store.renaming.value === entry.path;
  return (
    <li
      class={`${styles.row ?? ""} ${isShown ? (styles.shown ?? "") : ""}`}
      style={{ top: `${top}px` }}
      data-folder={entry.type === "directory" ? entry.path : undefined}
      aria-setsize={count}
      aria-posinset={position}
      onContextMenu={(event) => {
        event.preventDefault();
        store.setCurrent(entry.path);
        openMenu(event.currentTarget);
      }}
    >
      {renaming ? (
        <RenameField entry={entry} store={store} />
      ) : (
        <>
          <button
            type="button"
            data-row
            class={styles.name}
            tabIndex={tabStop ? 0 : -1}
            title={entry.name}
            aria-current={isShown ? "page" : undefined}
            onFocus={() => store.setCurrent(entry.path)}
            onClick={open}
          >
            <Icon name={ICONS[entry.type]} />
            <span class={styles.label}>{entry.name}</span>
            <span class="visually-hidden">{text.kind[entry.type]}</span>
          </button>
          <span class={styles.more}>
            <RowMenu entry={entry} tabStop={tabStop} store={store} actions={actions} open={open} />
          </span>
        </>
      )}
    </li>
  );
}

type RowMenuProps = Pick<FileRowProps, "entry" | "tabStop" | "store" | "actions"> & { readonly open: () => void };

function RowMenu({ entry, tabStop, store, actions, open }: RowMenuProps) {
  const download = () => {
    const link = document.createElement("a");
    link.href = actions.downloadUrl(entry.path);
    link.download = entry.name;
    link.click();
  };
  const ofFile =
    entry.type === "directory"
      ? []
      : [
          { label: text.duplicate, run: () => void store.duplicate(entry.path) },
          { label: text.download, run: download },
        ];
  return (
    <Menu
      label={text.actions(entry.name)}
      trigger={<Icon name="more" />}
      tabIndex={tabStop ? 0 : -1}
      items={[
        { label: text.open, key: "Enter", run: open },
        { label: text.rename, key: "F2", run: () => store.startRename(entry.path) },
        ...ofFile,
        { label: text.copyPath, run: () => actions.copyPath(entry.path) },
        "separator",
        { label: text.trash, key: "Del", run: () => void trash(store, actions, entry) },
      ]}
    />
  );
}

function RenameField({ entry, store }: { readonly entry: FolderEntry; readonly store: FilesStore }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const dot = entry.type === "directory" ? -1 : entry.name.lastIndexOf(".");
    field.current?.focus();
    field.current?.setSelectionRange(0, dot > 0 ? dot : entry.name.length); // the extension stays unless it is meant
  }, []);
  const problem = store.problem.value;
  return (
    <input
      ref={field}
      class={styles.field}
      aria-label={text.renameLabel(entry.name)}
      aria-invalid={problem !== ""}
      title={problem}
      defaultValue={entry.name}
      spellcheck={false}
      autocomplete="off"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" && !isComposing(event)) void store.rename(entry.path, event.currentTarget.value);
        if (event.key === "Escape") store.cancelRename();
      }}
      onBlur={(event) => {
        // Leaving the field keeps the name that was typed, as in a file manager; one that cannot be is dropped.
        if (store.renaming.value !== entry.path) return;
        const name = event.currentTarget.value;
        void store.rename(entry.path, name).then(() => {
          if (store.renaming.value === entry.path) store.cancelRename();
        });
      }}
    />
  );
}
