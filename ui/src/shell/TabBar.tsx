/**
 * The tab strip. One tab is the tab stop; Left and Right go along, Delete closes, as does the middle button. The strip
 * scrolls when it is too narrow, and then lists all documents in a menu.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../design/Button";
import { Icon } from "../design/Icon";
import { Menu } from "../design/Menu";
import { en } from "../i18n/en";
import styles from "./TabBar.module.css";

export interface TabLabel {
  readonly id: string;
  readonly title: string;
  /** The whole path, or the title again. */
  readonly tooltip: string;
  readonly icon: string;
  readonly unsaved: boolean;
}

export interface TabBarProps {
  readonly tabs: readonly TabLabel[];
  readonly active: string;
  /** Brings a tab to the front and leaves the focus in the strip. */
  readonly activate: (id: string) => void;
  /** Brings a tab to the front and goes into it. */
  readonly enter: (id: string) => void;
  readonly close: (id: string) => void;
  readonly newNotebook: () => void;
}

export function TabBar({ tabs, active, activate, enter, close, newNotebook }: TabBarProps) {
  const list = useRef<HTMLUListElement>(null);
  const overflows = useSignal(false);
  useLayoutEffect(() => {
    const strip = list.current;
    if (strip?.contains(document.activeElement)) strip.querySelector<HTMLElement>("[aria-current]")?.focus();
  }, [active]);
  useEffect(() => {
    const fit = (): void => {
      overflows.value = (list.current?.scrollWidth ?? 0) > (list.current?.clientWidth ?? 0);
      const front = list.current?.querySelector("[aria-current]")?.parentElement; // with its button to close it
      front?.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [tabs, active, overflows.value]);
  const step = (from: number, steps: number) => {
    const next = tabs[(from + steps + tabs.length) % tabs.length];
    if (next !== undefined) activate(next.id);
  };
  const onKey = (event: KeyboardEvent, at: number, id: string) => {
    if (event.key === "ArrowRight") step(at, 1);
    else if (event.key === "ArrowLeft") step(at, -1);
    else if (event.key === "Delete") close(id);
    else return;
    event.preventDefault();
  };
  return (
    <nav class={styles.nav} aria-label={en.regions.tabs}>
      <ul ref={list} role="list" class={styles.tabs} onWheel={scrollSideways}>
        {tabs.map((tab, at) => (
          <TabItem
            key={tab.id}
            tab={tab}
            active={tab.id === active}
            enter={() => enter(tab.id)}
            close={() => close(tab.id)}
            onKey={(event) => onKey(event, at, tab.id)}
          />
        ))}
      </ul>
      <IconButton icon="plus" label={en.tabs.newNotebook} onClick={newNotebook} />
      {overflows.value && (
        <Menu
          label={en.tabs.all}
          trigger={<Icon name="chevron-down" />}
          items={tabs.map((tab) => ({ label: tab.title, checked: tab.id === active, run: () => enter(tab.id) }))}
        />
      )}
    </nav>
  );
}

function scrollSideways(event: WheelEvent): void {
  if (event.deltaX === 0) (event.currentTarget as HTMLElement).scrollLeft += event.deltaY;
}

interface ItemProps {
  readonly tab: TabLabel;
  readonly active: boolean;
  readonly enter: () => void;
  readonly close: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

function TabItem({ tab, active, enter, close, onKey }: ItemProps) {
  const state = `${active ? (styles.active ?? "") : ""} ${tab.unsaved ? (styles.unsaved ?? "") : ""}`;
  return (
    <li
      class={`${styles.tab ?? ""} ${state}`}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()} // no autoscroll
      onAuxClick={(event) => event.button === 1 && close()}
    >
      <button
        type="button"
        class={styles.name}
        title={tab.tooltip}
        tabIndex={active ? 0 : -1}
        aria-current={active ? "page" : undefined}
        aria-label={tab.unsaved ? en.tabs.unsaved(tab.title) : undefined}
        onClick={enter}
        onKeyDown={onKey}
      >
        <Icon name={tab.icon} />
        <span class={styles.label}>{tab.title}</span>
      </button>
      <button type="button" class={styles.close} tabIndex={-1} aria-label={en.tabs.close(tab.title)} onClick={close}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}
