/**
 * A menu button: the trigger opens a list of actions, arrows walk through it, letters jump, Escape closes and gives the
 * focus back. Follows the menu-button pattern of WAI-ARIA APG. The list is positioned against the window, so that a
 * scrolling parent never clips it.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type ComponentChildren } from "preact";
import { Icon } from "./Icon";
import styles from "./Menu.module.css";
import { nextEnabled, placeMenu } from "./menuFocus";

export interface MenuItem {
  readonly label: string;
  /** Shown at the right, for example `Ctrl+S`. */
  readonly key?: string;
  readonly run: () => void;
  readonly disabled?: boolean;
  /** Why it can do nothing now: it looks disabled, and says so when it is pressed. */
  readonly refusal?: string;
  /** For items that are on or off. */
  readonly checked?: boolean;
}

export interface MenuProps {
  /** The trigger's name for readers and its tooltip. */
  readonly label: string;
  readonly items: readonly (MenuItem | "separator")[];
  /** What the trigger shows. */
  readonly trigger: ComponentChildren;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
}

export function Menu({ label, items, trigger, disabled, tabIndex }: MenuProps) {
  const [open, setOpen] = useState<"first" | "last" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (refocus: boolean) => {
    setOpen(null);
    if (refocus) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={styles.trigger}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        disabled={disabled ?? false}
        {...(tabIndex !== undefined && { tabIndex })}
        onClick={() => setOpen(open === null ? "first" : null)}
        onKeyDown={(event) => {
          if (open !== null || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
          event.preventDefault();
          event.stopPropagation();
          setOpen(event.key === "ArrowDown" ? "first" : "last");
        }}
      >
        {trigger}
      </button>
      {open !== null && <MenuList label={label} items={items} start={open} anchor={button.current} close={close} />}
    </>
  );
}

interface ListProps {
  readonly label: string;
  readonly items: readonly (MenuItem | "separator")[];
  readonly start: "first" | "last";
  readonly anchor: HTMLElement | null;
  readonly close: (refocus: boolean) => void;
}

function MenuList({ label, items, start, anchor, close }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const focusAt = (index: number) => list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  useLayoutEffect(() => {
    if (list.current !== null && anchor !== null) placeMenu(list.current, anchor);
    focusAt(start === "first" ? nextEnabled(items, -1, 1) : nextEnabled(items, items.length, -1));
  }, []);
  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (list.current?.contains(target) !== true && anchor?.contains(target) !== true) close(false);
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((document.activeElement as HTMLElement | null)?.dataset["index"] ?? -1);
    event.stopPropagation();
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") close(false);
    else if (event.key === "ArrowDown") focusAt(nextEnabled(items, at, 1));
    else if (event.key === "ArrowUp") focusAt(nextEnabled(items, at, -1));
    else if (event.key === "Home") focusAt(nextEnabled(items, -1, 1));
    else if (event.key === "End") focusAt(nextEnabled(items, items.length, -1));
    else if (event.key.length === 1 && event.key !== " ") focusAt(nextEnabled(items, at, 1, event.key));
    else return;
    if (event.key !== "Tab") event.preventDefault();
  };
  return (
    <div ref={list} role="menu" aria-label={label} class={styles.menu} onKeyDown={onKeyDown}>
      {items.map((item, index) =>
        item === "separator" ? (
          <div key={index} role="separator" class={styles.separator} />
        ) : (
          <button
            key={index}
            type="button"
            role={item.checked === undefined ? "menuitem" : "menuitemcheckbox"}
            {...(item.checked !== undefined && { "aria-checked": item.checked })}
            aria-disabled={item.disabled === true || !!item.refusal}
            {...(item.refusal && { title: item.refusal })}
            data-index={index}
            tabIndex={-1}
            class={styles.item}
            onClick={() => {
              if (item.disabled === true) return;
              if (!item.refusal) close(true);
              item.run();
            }}
            onPointerMove={(event) => event.currentTarget.focus()}
          >
            <span class={styles.mark}>{item.checked === true && <Icon name="check" size={14} />}</span>
            <span class={styles.label}>{item.label}</span>
            {item.key !== undefined && item.key !== "" && <kbd class={styles.key}>{item.key}</kbd>}
          </button>
        ),
      )}
    </div>
  );
}
