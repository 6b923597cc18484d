/**
 * Keeps a frame from taking the keyboard by itself: what is typed in the notebook must not end up in a script. The focus
 * may go in where the pointer is over the frame, or by Tab; else it goes back to where it was.
 *
 * Where there is no pointer that hovers nothing can be told apart, and nothing is kept.
 */

const RECENT = 1_000; // milliseconds between a key that moves the focus and its arrival

export class FrameGuard {
  readonly #frame: HTMLIFrameElement;
  readonly #page: Document;
  readonly #ends = new AbortController();
  #isOver = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #before: Element | null;

  constructor(frame: HTMLIFrameElement) {
    this.#frame = frame;
    this.#page = frame.ownerDocument;
    this.#before = this.#page.activeElement;
    const { signal } = this.#ends;
    frame.addEventListener("pointerenter", () => (this.#isOver = true), { signal });
    frame.addEventListener("pointerleave", () => (this.#isOver = false), { signal });
    this.#page.addEventListener("focusin", ({ target }) => this.#focused(target), { signal });
    this.#page.addEventListener("keydown", (event) => this.#pressed(event), { signal, capture: true });
    this.#page.defaultView?.addEventListener("blur", () => this.#left(), { signal });
  }

  /** Whether the user is at the frame: the pointer is over it, or the keyboard in it. */
  get isUsers(): boolean {
    return this.#isOver || this.#page.activeElement === this.#frame;
  }

  close(): void {
    this.#ends.abort();
  }

  #focused(target: EventTarget | null): void {
    if (target instanceof Element && target !== this.#frame) this.#before = target;
  }

  #pressed({ key, timeStamp }: KeyboardEvent): void {
    if (key === "Tab" || key === "F6") this.#movedAt = timeStamp;
  }

  /** The focus has left the page's own elements, perhaps for the frame. */
  #left(): void {
    const isByHand = this.#isOver || performance.now() - this.#movedAt < RECENT;
    if (this.#page.activeElement !== this.#frame || isByHand || !matchMedia("(hover: hover)").matches) return;
    this.#frame.blur();
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }
}
