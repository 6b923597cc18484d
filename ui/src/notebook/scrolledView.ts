/** What scrolls some elements of a list: it tells which of them are near the view, and which have another size. */
import { pixelScale } from "../design/menuFocus";

const NEAR = 1_000; // px from the view

export interface ScrolledView {
  watch(element: Element): void;
  leave(element: Element): void;
  end(): void;
  /** Its edges, and how many units of boxes a pixel has. */
  box(): { readonly top: number; readonly bottom: number; readonly scale: number };
  /** By a distance between boxes. */
  scrollBy(distance: number): void;
}

/** Null where there is no layout to speak of. */
export function scrolledView(
  element: HTMLElement,
  passed: (entries: readonly IntersectionObserverEntry[]) => void,
  resized: (entries: readonly ResizeObserverEntry[]) => void,
): ScrolledView | null {
  if (typeof IntersectionObserver === "undefined") return null;
  const scroller = scrollerOf(element);
  const near = new IntersectionObserver(passed, { root: scroller, rootMargin: `${NEAR}px 0px` });
  const sizes = new ResizeObserver(resized);
  const box = (): ReturnType<ScrolledView["box"]> => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return { top, bottom, scale: pixelScale(scroller) };
  };
  return {
    box,
    watch: (one) => {
      near.observe(one);
      sizes.observe(one);
    },
    leave: (one) => {
      near.unobserve(one);
      sizes.unobserve(one);
    },
    end: () => {
      near.disconnect();
      sizes.disconnect();
    },
    scrollBy: (distance) => {
      if (distance !== 0) scroller.scrollTop += distance / box().scale;
    },
  };
}

function scrollerOf(element: HTMLElement): HTMLElement {
  let found = element.parentElement;
  while (found !== null && !/auto|scroll/.test(getComputedStyle(found).overflowY)) found = found.parentElement;
  return found ?? document.documentElement;
}
