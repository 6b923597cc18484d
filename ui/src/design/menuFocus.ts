/** Where the focus goes in a menu and where the menu goes in the window; apart from the view, so that it can be reasoned about. */

export interface Focusable {
  readonly label: string;
  readonly disabled?: boolean;
}

/**
 * The index of the next item from `from` in direction `step`, going round; separators are passed over. Disabled items
 * can be reached, as APG asks, but not by letter. With `letter`, the next item that begins with it; -1 when there is none.
 */
export function nextEnabled(
  items: readonly (Focusable | "separator")[],
  from: number,
  step: 1 | -1,
  letter?: string,
): number {
  const count = items.length;
  for (let moved = 1; moved <= count; moved++) {
    const index = (((from + step * moved) % count) + count) % count;
    const item = items[index];
    if (item === undefined || item === "separator") continue;
    if (letter === undefined) return index;
    if (item.disabled !== true && item.label.toLowerCase().startsWith(letter.toLowerCase())) return index;
  }
  return -1;
}

const MARGIN = 4; // px between the menu and the edge of the window, and between the menu and its trigger

/** Put the menu under its anchor, or above it where there is more room, and wholly inside the window: over the anchor if need be. */
export function placeMenu(menu: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const scale = pixelScale(anchor);
  const page = document.body.getBoundingClientRect(); // in a zoomed page not every engine's `innerHeight` has its units
  const pageWidth = page.width || window.innerWidth;
  const pageHeight = page.height || window.innerHeight;
  menu.style.maxBlockSize = `${(pageHeight - 2 * MARGIN) / scale}px`;
  const [width, height] = [menu.offsetWidth * scale, menu.offsetHeight * scale];
  const below = pageHeight - at.bottom - MARGIN;
  const wanted = height <= below || below >= at.top ? at.bottom + MARGIN / 2 : at.top - height - MARGIN / 2;
  const top = Math.min(wanted, pageHeight - height - MARGIN);
  const left = Math.min(at.left, pageWidth - width - MARGIN);
  menu.style.insetInlineStart = `${Math.max(MARGIN, left) / scale}px`;
  menu.style.insetBlockStart = `${Math.max(MARGIN, top) / scale}px`;
}

/** What a CSS pixel of an element measures in `getBoundingClientRect`: in a zoomed page that is not 1 in every engine. */
export function pixelScale(element: HTMLElement): number {
  const { width } = element.getBoundingClientRect();
  return element.offsetWidth > 0 && width > 0 ? width / element.offsetWidth : 1;
}
