/**
 * The headings of the notebook, and its code cells where that is wanted, as a tree to walk through: the one in view is
 * marked, and those under which something runs or has failed. Enter or a click goes there.
 */
import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { outlineText as text } from "../../i18n/outline";
import { errorIn } from "../cellState";
import type { Notebook } from "../model";
import type { OpenNotebook } from "../openNotebook";
import { entryBeginning, withCode } from "./codeEntries";
import { goToHeading } from "./goTo";
import styles from "./Outline.module.css";
import type { OutlineEntry } from "./sectionsStore";

const MOST = 2_000; // headings in the tree
const LATER = 200; // milliseconds after which code and errors are looked for again
const PAUSE = 800; // milliseconds after which a letter begins another word

interface OutlineProps {
  readonly notebook: OpenNotebook;
}

export function Outline({ notebook }: OutlineProps) {
  const { inspector } = notebook;
  const hasCode = inspector.outlineCode.value;
  const now = useLater(notebook);
  const headings = notebook.sections.outline.value;
  const entries = useMemo(
    () => (hasCode ? withCode(headings, now) : headings).slice(0, MOST),
    [headings, hasCode, hasCode ? now : null],
  );
  return (
    <>
      <label class={styles.choice}>
        <input
          type="checkbox"
          checked={hasCode}
          onChange={(event) => inspector.setOutlineCode(event.currentTarget.checked)}
        />
        {text.code}
      </label>
      {entries.length === 0 ? (
        <p class={styles.none}>{hasCode ? text.noneAtAll : text.none}</p>
      ) : (
        <Tree notebook={notebook} entries={entries} now={now} />
      )}
    </>
  );
}

interface TreeProps extends OutlineProps {
  readonly entries: readonly OutlineEntry[];
  readonly now: Notebook;
}

function Tree({ notebook, entries, now }: TreeProps) {
  const { store } = notebook;
  const top = entryAt(notebook, entries, notebook.topCell.value);
  const running = entryAt(notebook, entries, useComputed(() => store.run.value.running).value);
  const failed = useMemo(() => failedIn(notebook, entries, now), [entries, now]);
  const tree = useRef<HTMLUListElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [focused, setFocused] = useState(-1);
  useLayoutEffect(() => {
    tree.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [top]);
  const stop = focused >= 0 && focused < entries.length ? focused : Math.max(0, top);
  const move = (to: number): void => {
    const rows = tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]");
    rows?.[Math.min(entries.length - 1, Math.max(0, to))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const entry = entries[stop];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") move(stop + 1);
    else if (event.key === "ArrowUp") move(stop - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(entries.length - 1);
    else if (event.key === "ArrowLeft") move(above(entries, stop));
    else if ((event.key === "Enter" || event.key === " ") && entry !== undefined) goToHeading(notebook, entry);
    else if (event.key.length === 1) {
      const before = event.timeStamp - typed.current.at < PAUSE ? typed.current.text : "";
      typed.current = { text: before + event.key, at: event.timeStamp };
      const next = entryBeginning(entries, stop, typed.current.text);
      if (next >= 0) move(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul ref={tree} class={styles.tree} role="tree" aria-label={text.title} onKeyDown={onKey}>
      {entries.map((entry, at) => (
        <Row
          key={`${entry.cell} ${entry.nth}`}
          entry={entry}
          isCurrent={at === top}
          isStop={at === stop}
          marks={[...(at === running ? [text.running] : []), ...(failed.has(at) ? [text.error] : [])]}
          onFocus={() => setFocused(at)}
          go={() => goToHeading(notebook, entry)}
        />
      ))}
    </ul>
  );
}

/** The entry that another one stands under. */
function above(entries: readonly OutlineEntry[], at: number): number {
  const level = entries[at]?.level ?? 0;
  return Math.max(
    0,
    entries.slice(0, at).findLastIndex((entry) => entry.level < level),
  );
}

interface RowProps {
  readonly entry: OutlineEntry;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
  readonly marks: readonly string[];
  readonly onFocus: () => void;
  readonly go: () => void;
}

function Row({ entry, isCurrent, isStop, marks, onFocus, go }: RowProps) {
  return (
    <li
      role="treeitem"
      class={styles.row}
      aria-level={entry.level}
      aria-current={isCurrent ? "true" : undefined}
      tabIndex={isStop ? 0 : -1}
      style={{ paddingInlineStart: `${(entry.level - 1) * 12 + 12}px` }}
      title={entry.text}
      onFocus={onFocus}
      onClick={go}
    >
      <span class={entry.isCode === true ? `${styles.text ?? ""} ${styles.code ?? ""}` : styles.text}>
        {entry.text}
      </span>
      {marks.map((mark) => (
        <span key={mark} class={mark === text.error ? styles.error : styles.running}>
          {mark}
        </span>
      ))}
    </li>
  );
}

/** The entry of a cell, or under which it stands, by its place in the outline; -1: under none. */
function entryAt({ store }: OpenNotebook, entries: readonly OutlineEntry[], cell: string | null): number {
  const places = store.places.value;
  const place = places.get(cell ?? "");
  if (place === undefined) return -1;
  return entries.findLastIndex((entry) => (places.get(entry.cell) ?? 0) <= place);
}

/** The entries under which an error is shown. */
function failedIn(notebook: OpenNotebook, entries: readonly OutlineEntry[], now: Notebook): ReadonlySet<number> {
  const failed = now.cells.filter((cell) => errorIn(cell) !== null);
  return new Set(failed.map((cell) => entryAt(notebook, entries, cell.id)));
}

/** The notebook as it is a moment after a change, for no key must wait for the outline. */
function useLater({ store }: OpenNotebook): Notebook {
  const now = store.shown.value;
  const [later, setLater] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setLater(now), LATER);
    return () => clearTimeout(timer);
  }, [now]);
  return later;
}
