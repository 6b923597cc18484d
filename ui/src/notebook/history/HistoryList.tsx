/** What can be looked at, the newest first: a list that Up, Down, Home and End go through. */
import { useRef } from "preact/hooks";
import styles from "./History.module.css";

export interface HistoryItem {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** What went wrong, if anything. */
  readonly trouble?: string;
}

export interface HistoryListProps {
  readonly label: string;
  readonly items: readonly HistoryItem[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

export function HistoryList({ label, items, chosen, onChoose }: HistoryListProps) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const now = items.findIndex(({ id }) => id === chosen);
    const place = placeAfter(event.key, now, items.length);
    const item = place === null ? undefined : items[place];
    if (item === undefined) return;
    event.preventDefault();
    onChoose(item.id);
    list.current?.querySelectorAll<HTMLElement>("[role=option]")[place ?? 0]?.focus();
  };
  const first = items.some(({ id }) => id === chosen) ? chosen : items[0]?.id;
  return (
    <div ref={list} class={styles.list} role="listbox" aria-label={label} onKeyDown={move}>
      {items.map(({ id, title, detail, trouble }) => (
        <div
          key={id}
          role="option"
          class={styles.item}
          aria-selected={id === chosen}
          tabIndex={id === first ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          <div>{title}</div>
          <div class={styles.detail}>{detail}</div>
          {trouble !== undefined && <div class={styles.trouble}>{trouble}</div>}
        </div>
      ))}
    </div>
  );
}

function placeAfter(key: string, now: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(now + 1, count - 1);
    case "ArrowUp":
      return Math.max(now - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
