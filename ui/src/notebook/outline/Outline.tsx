/**
 * The headings of the notebook as a tree to walk through: the one in view is marked, and those under which something
 * runs or has failed. Enter or a click goes there.
 */
import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { outlineText as text } from "../../i18n/outline";
import { errorIn } from "../cellState";
import type { OpenNotebook } from "../openNotebook";
import { goToHeading } from "./goTo";
import styles from "./Outline.module.css";
import type { OutlineEntry } from "./sectionsStore";

const MOST = 2_000; // headings in the tree
const LATER = 200; // milliseconds after which errors are looked for again

interface OutlineProps {
  readonly notebook: OpenNotebook;
}

export function Outline({ notebook }: OutlineProps) {
  const entries = notebook.sections.outline.value.slice(0, MOST);
  const top = useComputed(() => entryAt(notebook, notebook.topCell.value)).value;
  const running = useComputed(() => entryAt(notebook, notebook.store.run.value.running)).value;
  const failed = useFailed(notebook);
  const tree = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState(-1);
  useLayoutEffect(() => {
    tree.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [top]);
  if (entries.length === 0) return <p class={styles.none}>{text.none}</p>;
  const stop = focused >= 0 && focused < entries.length ? focused : Math.max(0, top);
  const move = (to: number): void => {
    const rows = tree.current?.querySelectorAll<HTMLElement>("[role=treeitem]");
    rows?.[Math.min(entries.length - 1, Math.max(0, to))]?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const entry = entries[stop];
    if (event.key === "ArrowDown") move(stop + 1);
    else if (event.key === "ArrowUp") move(stop - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(entries.length - 1);
    else if ((event.key === "Enter" || event.key === " ") && entry !== undefined) goToHeading(notebook, entry);
    else return;
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
      <span class={styles.text}>{entry.text}</span>
      {marks.map((mark) => (
        <span key={mark} class={mark === text.error ? styles.error : styles.running}>
          {mark}
        </span>
      ))}
    </li>
  );
}

/** The heading under which a cell stands, by its place in the outline; -1: under none. */
function entryAt({ sections, store }: OpenNotebook, cell: string | null): number {
  const place = store.places.value.get(cell ?? "");
  if (place === undefined) return -1;
  const places = store.places.value;
  return sections.outline.value.findLastIndex((entry) => (places.get(entry.cell) ?? 0) <= place);
}

/** The headings under which an error is shown; worked out a moment after a change, for no key must wait for it. */
function useFailed(notebook: OpenNotebook): ReadonlySet<number> {
  const { store } = notebook;
  const [failed, setFailed] = useState<ReadonlySet<number>>(new Set());
  const now = store.shown.value;
  useEffect(() => {
    const timer = setTimeout(() => {
      const cells = now.cells.filter((cell) => errorIn(cell) !== null);
      setFailed(new Set(cells.map((cell) => entryAt(notebook, cell.id))));
    }, LATER);
    return () => clearTimeout(timer);
  }, [now]);
  return failed;
}
