/**
 * The palette: one box that finds every command, and files after a `/`. The focus goes back to where it was before the
 * picked command runs, so that it acts there.
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isComposing } from "../design/composing";
import { useModal } from "../design/modal";
import { en } from "../i18n/en";
import styles from "./CommandPalette.module.css";

/** One row, of whatever kind. */
export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  /** Matched characters of the title. */
  readonly at: readonly number[];
  /** Category, key or kind, shown at the right. */
  readonly details: readonly string[];
  readonly enabled: boolean;
  /** What the box holds next, for a folder that is gone into; absent when picking it ends the search. */
  readonly next?: string;
  readonly run: () => void;
}

export interface CommandPaletteProps {
  readonly initial: string;
  readonly query: (text: string) => void;
  readonly items: readonly PaletteItem[];
  /** Said when there are no items. */
  readonly nothing: string;
  readonly close: () => void;
}

export function CommandPalette({ initial, query, items, nothing, close }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const text = useSignal(initial);
  const at = useSignal(0);
  useModal(dialog, () => dialog.current?.querySelector("input") ?? null);
  useLayoutEffect(() => {
    // What is typed comes behind “@”: WebKit puts the caret before it.
    dialog.current?.querySelector("input")?.setSelectionRange(initial.length, initial.length);
  }, []);
  useLayoutEffect(() => {
    dialog.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at.value, items]);
  const type = (value: string) => {
    text.value = value;
    at.value = 0;
    query(value);
  };
  const pick = (item: PaletteItem | undefined) => {
    if (item === undefined || !item.enabled) return;
    if (item.next !== undefined) {
      type(item.next);
      return;
    }
    dialog.current?.close(); // gives the focus back first
    close();
    item.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    if (step !== undefined) at.value = turned(at.value + step, items.length, Math.abs(step) === 1);
    else if (event.key === "Enter" && !isComposing(event)) pick(items[at.value]);
    else return;
    event.preventDefault();
  };
  const selected = items[at.value];
  return (
    <dialog
      ref={dialog}
      class={styles.palette}
      aria-label={en.palette.label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && outside(event) && close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <input
        class={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-rows"
        aria-activedescendant={selected === undefined ? undefined : `palette-row-${at.value}`}
        aria-label={en.palette.placeholder}
        placeholder={en.palette.placeholder}
        value={text.value}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {items.length === 0 && <p class={styles.nothing}>{nothing}</p>}
      <ul id="palette-rows" role="listbox" aria-label={en.palette.label} class={styles.list}>
        {items.map((item, index) => (
          <li
            key={item.id}
            id={`palette-row-${index}`}
            role="option"
            class={styles.row}
            aria-selected={index === at.value}
            aria-disabled={!item.enabled}
            onPointerMove={() => (at.value = index)}
            onClick={() => pick(item)}
          >
            <span class={styles.title}>{marked(item.title, item.at)}</span>
            {item.details.map((detail) => (
              <span key={detail} class={styles.detail}>
                {detail}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </dialog>
  );
}

/** A press on the backdrop is a press on the dialog outside its box. */
function outside(event: PointerEvent): boolean {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const inside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside;
}

function turned(at: number, length: number, round: boolean): number {
  if (length === 0) return 0;
  return round ? (at + length) % length : Math.min(length - 1, Math.max(0, at));
}

/** The title with its matched characters marked, neighbours together. */
function marked(title: string, at: readonly number[]) {
  const parts: { text: string; hit: boolean }[] = [];
  for (let index = 0; index < title.length; index++) {
    const hit = at.includes(index);
    const last = parts.at(-1);
    if (last?.hit === hit) last.text += title.charAt(index);
    else parts.push({ text: title.charAt(index), hit });
  }
  return parts.map((part) => (part.hit ? <mark>{part.text}</mark> : part.text));
}
