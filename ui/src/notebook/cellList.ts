/**
 * The cells in the page: one shell for each, content near the viewport only. It follows the order, the scrolling and the
 * heights, and keeps what is seen where it is when something above it changes. Knows nothing of what is in a cell.
 *
 * The range is computed in the scroll event itself, so that no frame is blank; nothing is put into the page while
 * sizes are being observed, and the scroll position is corrected at most once per frame.
 */
import { pixelScale } from "../design/menuFocus";
import type { CellId } from "./model";
import { staying } from "./reorder";
import { FAR, Heights, NEAR, type Range } from "./windowing";

const BUDGET = 6; // milliseconds per frame for cells that are near but not seen yet
const LIVE_LIMIT = 30; // cells with frames or media that stay in the page
const MARGIN = 16; // px between a cell that is brought into view and the edge: its buttons rise above it
const TOP = 40; // px: a cell of which less is seen at the top is not the one that is read
const LIVE = "iframe, video, audio";

export interface CellHost {
  estimate(id: CellId): number;
  mount(id: CellId, shell: HTMLElement): void;
  unmount(id: CellId, shell: HTMLElement): void;
  /** Whether a cell must be in the page wherever it is: the active one, one that waits for input. */
  isPinned(id: CellId): boolean;
  /** Another cell is the first that is seen. */
  scrolled(top: CellId | null): void;
}

export class CellList {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #host: CellHost;
  readonly #shellClass: string;
  readonly #shells = new Map<CellId, HTMLElement>();
  /** Mounted cells, those that were near last at the end. */
  readonly #mounted = new Set<CellId>();
  readonly #heights = new Heights();
  readonly #sizes: ResizeObserver;
  readonly #resize: ResizeObserver;
  #order: readonly CellId[] = [];
  #frame = 0;

  constructor(scroller: HTMLElement, list: HTMLElement, host: CellHost, shellClass: string) {
    this.#scroller = scroller;
    this.#list = list;
    this.#host = host;
    this.#shellClass = shellClass;
    this.#sizes = new ResizeObserver((entries) => this.#measured(entries));
    this.#resize = new ResizeObserver(() => this.#later());
    this.#resize.observe(scroller);
    scroller.addEventListener("scroll", this.#scrolled, { passive: true });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#scroller.removeEventListener("scroll", this.#scrolled);
    this.#sizes.disconnect();
    this.#resize.disconnect();
    for (const id of [...this.#mounted]) this.#unmount(id);
    this.#list.replaceChildren();
    this.#shells.clear();
  }

  /** The shell of a cell, its content in it. */
  ensure(id: CellId): HTMLElement | undefined {
    this.#mount(id);
    return this.#shells.get(id);
  }

  setOrder(order: readonly CellId[]): void {
    const top = this.#top();
    const anchor = this.#anchor(top, order);
    const before = this.#order;
    this.#order = order;
    this.#heights.setOrder(order, (id) => this.#host.estimate(id));
    this.#arrange(before, order);
    if (anchor !== null) this.#scrollBy(this.#offsetOf(anchor.id) + anchor.into - top);
    this.update();
  }

  /** Takes cells out of sight, and others back into it; their content and what lives in it stays. */
  setHidden(hidden: ReadonlySet<CellId>): void {
    const top = this.#top();
    const shown = this.#order.filter((id) => !hidden.has(id));
    const anchor = this.#anchor(top, shown);
    this.#heights.setHidden(hidden);
    for (const [id, shell] of this.#shells) shell.hidden = hidden.has(id);
    if (anchor !== null) this.#scrollBy(this.#offsetOf(anchor.id) + anchor.into - top);
    this.update();
  }

  /** Puts what is seen into the page now, what is near in the next frames, and takes out what is far. */
  update(): void {
    const height = this.#scroller.clientHeight;
    if (height === 0) return;
    const top = this.#top();
    this.#host.scrolled(this.#order[this.#heights.placeAt(top + TOP)] ?? null);
    this.#mountAll(this.#heights.range(top, top + height), Number.POSITIVE_INFINITY);
    const near = this.#heights.range(top - NEAR, top + height + NEAR);
    const all = this.#mountAll(near, performance.now() + BUDGET);
    this.#unmountFar(this.#heights.range(top - FAR, top + height + FAR));
    if (!all) this.#later();
  }

  /** Brings a cell into view with as little scrolling as possible; its beginning when it is higher than the view. */
  reveal(id: CellId): void {
    const shell = this.ensure(id);
    const height = this.#scroller.clientHeight;
    if (shell === undefined || height === 0) return;
    const scale = pixelScale(this.#scroller); // boxes of a zoomed page are in other units than heights in some engines
    const view = this.#scroller.getBoundingClientRect();
    const box = shell.getBoundingClientRect();
    const cell = {
      top: (box.top - view.top) / scale,
      bottom: (box.bottom - view.top) / scale,
      height: box.height / scale,
    };
    const above = cell.top - MARGIN;
    const below = cell.bottom - height + MARGIN;
    if (above < 0 || cell.height + 2 * MARGIN > height) {
      const seen = cell.top < height - height / 3 && cell.bottom > height / 3;
      if (above >= 0 || !seen || cell.height + 2 * MARGIN <= height) this.#scrollBy(above);
    } else if (below > 0) this.#scrollBy(below);
    this.update();
  }

  /** Scrolls until a cell begins at the top of the view. */
  toTop(id: CellId): void {
    const shell = this.ensure(id);
    if (shell === undefined || this.#scroller.clientHeight === 0) return;
    const top = shell.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
    this.#scrollBy(top / pixelScale(this.#scroller) - MARGIN);
    this.update();
  }

  /** Scrolls by pages. */
  page(pages: number): void {
    this.#scrollBy(pages * this.#scroller.clientHeight * 0.9);
    this.update();
  }

  readonly #scrolled = (): void => this.update();

  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.update());
  }

  /** The distance of the viewport's top from the first cell's. */
  #top(): number {
    return this.#scroller.scrollTop - this.#list.offsetTop;
  }

  #offsetOf(id: CellId): number {
    return this.#heights.offsetOf(this.#heights.placeOf(id));
  }

  #scrollBy(pixels: number): void {
    if (pixels !== 0) this.#scroller.scrollTop += pixels;
  }

  /** What is to stay where it is seen: the first cell at the top of the view that is still there afterwards. */
  #anchor(top: number, order: readonly CellId[]): { readonly id: CellId; readonly into: number } | null {
    if (top <= 0 || this.#order.length === 0) return null;
    const place = this.#heights.placeAt(top);
    const kept = new Set(order);
    const below = this.#order.slice(place).find((id) => kept.has(id) && !this.#heights.isHidden(id));
    return below === undefined ? null : { id: below, into: top - this.#offsetOf(below) };
  }

  #arrange(before: readonly CellId[], order: readonly CellId[]): void {
    const kept = new Set(order);
    for (const id of before) if (!kept.has(id)) this.#remove(id);
    const stay = staying(before, order, (id) => (this.#isLive(id) ? 1_000 : 1));
    let next: Node | null = null;
    for (const id of order.toReversed()) {
      const shell = this.#shells.get(id) ?? this.#newShell(id);
      if (!stay.has(id) || shell.parentNode === null) this.#list.insertBefore(shell, next);
      next = shell;
    }
  }

  #newShell(id: CellId): HTMLElement {
    const shell = document.createElement("div");
    shell.className = this.#shellClass;
    shell.style.height = `${this.#heights.heightOf(id)}px`;
    shell.hidden = this.#heights.isHidden(id);
    this.#shells.set(id, shell);
    return shell;
  }

  #remove(id: CellId): void {
    this.#unmount(id);
    this.#shells.get(id)?.remove();
    this.#shells.delete(id);
  }

  /** Whether all of them are mounted; stops when the time is over. */
  #mountAll({ from, to }: Range, until: number): boolean {
    for (let place = from; place < to; place += 1) {
      const id = this.#order[place];
      if (id === undefined || this.#heights.isHidden(id)) continue;
      if (this.#mounted.has(id)) {
        this.#mounted.delete(id);
        this.#mounted.add(id);
      } else if (performance.now() > until) return false;
      else this.#mount(id);
    }
    return true;
  }

  #mount(id: CellId): void {
    const shell = this.#shells.get(id);
    if (shell === undefined || this.#mounted.has(id)) return;
    this.#mounted.add(id);
    shell.style.height = "";
    this.#host.mount(id, shell);
    this.#sizes.observe(shell);
  }

  #unmountFar({ from, to }: Range): void {
    let live = 0;
    for (const id of [...this.#mounted].reverse()) {
      const place = this.#heights.placeOf(id);
      const isLive = this.#isLive(id);
      if (isLive) live += 1;
      if (place >= from && place < to) continue;
      if (this.#host.isPinned(id) || (isLive && live <= LIVE_LIMIT) || this.#isInUse(id)) continue;
      this.#unmount(id);
    }
  }

  #unmount(id: CellId): void {
    const shell = this.#shells.get(id);
    if (shell === undefined || !this.#mounted.delete(id)) return;
    this.#sizes.unobserve(shell);
    this.#host.unmount(id, shell);
    shell.style.height = `${this.#heights.heightOf(id)}px`;
  }

  #isLive(id: CellId): boolean {
    return this.#mounted.has(id) && this.#shells.get(id)?.querySelector(LIVE) != null;
  }

  /** Whether it holds the focus or selected text. */
  #isInUse(id: CellId): boolean {
    const shell = this.#shells.get(id);
    if (shell === undefined) return false;
    if (shell.contains(document.activeElement)) return true;
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && selection.containsNode(shell, true);
  }

  #measured(entries: readonly ResizeObserverEntry[]): void {
    const measured = new Map<CellId, number>();
    const ids = new Map([...this.#mounted].map((id) => [this.#shells.get(id), id]));
    for (const { target, borderBoxSize } of entries) {
      const id = ids.get(target as HTMLElement);
      if (id !== undefined) measured.set(id, borderBoxSize[0]?.blockSize ?? target.getBoundingClientRect().height);
    }
    this.#scrollBy(this.#heights.measure(measured, this.#top()));
    this.#later();
  }
}
