/**
 * A toolbar is one stop of the Tab key: the arrows go along its buttons, Home and End to its ends (WAI-ARIA APG). The
 * buttons need not know: which of them is the stop is kept in the page, where they may come, go and be disabled.
 */
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const KEYS = {
  horizontal: { ArrowRight: 1, ArrowLeft: -1 },
  vertical: { ArrowDown: 1, ArrowUp: -1 },
} as const;

export function useToolbar(toolbar: RefObject<HTMLElement | null>, way: keyof typeof KEYS = "horizontal"): void {
  useLayoutEffect(() => (toolbar.current === null ? undefined : rove(toolbar.current, way)), []);
}

/** Begins to keep the one stop; gives back how to end that. */
export function rove(toolbar: HTMLElement, way: keyof typeof KEYS): () => void {
  let current: HTMLElement | null = null;

  const buttons = (): readonly HTMLElement[] =>
    [...toolbar.querySelectorAll<HTMLElement>("button:not(:disabled)")].filter(
      (button) => button.closest("[role=menu]") === null,
    );

  const settle = (): void => {
    const all = buttons();
    if (current === null || !all.includes(current)) current = all[0] ?? null;
    for (const button of all) if (button.tabIndex !== stopOf(button)) button.tabIndex = stopOf(button);
  };
  const stopOf = (button: HTMLElement): number => (button === current ? 0 : -1);

  const focused = (event: FocusEvent): void => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button === null || !buttons().includes(button)) return;
    current = button;
    settle();
  };

  const pressed = (event: KeyboardEvent): void => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Readonly<Record<string, number>> = KEYS[way];
    const step = steps[event.key];
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (step !== undefined) all[(at + step + all.length) % all.length]?.focus();
    else if (event.key === "Home") all[0]?.focus();
    else if (event.key === "End") all.at(-1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  settle();
  const observer = new MutationObserver(settle);
  observer.observe(toolbar, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  toolbar.addEventListener("focusin", focused);
  toolbar.addEventListener("keydown", pressed);
  return () => {
    observer.disconnect();
    toolbar.removeEventListener("focusin", focused);
    toolbar.removeEventListener("keydown", pressed);
  };
}
