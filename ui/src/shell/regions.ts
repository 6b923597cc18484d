/** F6: the focus goes from region to region of the window. */

/** Moves the focus to the next visible region (`1`) or the one before (`-1`). */
export function cycleRegion(page: Document, direction: 1 | -1): void {
  const regions = [...page.querySelectorAll<HTMLElement>("[data-region]")].filter(isVisible);
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(page.activeElement));
  const next = at < 0 ? (direction === 1 ? 0 : regions.length - 1) : at + direction;
  const region = regions[(next + regions.length) % regions.length];
  if (region !== undefined) focusRegion(region);
}

/** Puts the focus on what is current in the region, else on its tab stop, else on the region itself. */
export function focusRegion(region: HTMLElement): void {
  const stops = region.querySelectorAll<HTMLElement>(
    "[tabindex='0'], button:not([tabindex]), a[href], input, textarea, select, .cm-content",
  );
  const usable = [...stops].filter((stop) => !stop.matches(":disabled") && isVisible(stop));
  const stop =
    usable.find((one) => one.matches("[aria-current][tabindex='0'], .cm-content")) ??
    usable.find((one) => one.matches("[tabindex='0']")) ??
    usable[0];
  if (stop === undefined) region.tabIndex = -1;
  (stop ?? region).focus();
}

/** Gives the document the focus, if nobody has it or somebody in the document: another tab has come to the front. */
export function refocusDocument(page: Document): void {
  const region = page.querySelector<HTMLElement>("[data-region=document]");
  const now = page.activeElement;
  if (region === null || page.querySelector("dialog[open]") !== null) return;
  const elsewhere = now !== null && now !== page.body && !region.contains(now);
  const settled = now !== null && now !== region && region.contains(now) && isVisible(now as HTMLElement);
  if (!elsewhere && !settled) focusRegion(region);
}

function isVisible(element: HTMLElement): boolean {
  if (element.closest("[hidden], [inert]") !== null) return false;
  return element.ownerDocument.defaultView?.getComputedStyle(element).visibility !== "hidden";
}
