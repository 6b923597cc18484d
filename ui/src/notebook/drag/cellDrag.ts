/**
 * Dragging cells by their gutter: the selected ones together, to a place in this notebook or, over its tab, in another
 * one, where they are copied. With Alt they are copied here too. By pointer events, for drops of the system break the
 * browser's own dragging in some windows; Escape gives up. `Mod+Shift+Up/Down` and “Move cells to…” do the same by keys.
 */
import { dragText } from "../../i18n/drag";
import { cellsOf } from "../cellActions";
import type { CellId } from "../model";
import type { OpenNotebook } from "../openNotebook";
import styles from "./CellDrag.module.css";
import { DropMark } from "./dropMark";
import { copyTo, moveTo } from "./moveTo";

const FAR_ENOUGH = 5; // pixels: less is a press
const EDGE = 48; // pixels from the upper and lower edge within which it scrolls
const FASTEST = 18; // pixels per frame
const TAB_PAUSE = 500; // milliseconds over a tab before it comes to the front
const EVENT = "adrastea:cells";

/** What the page under the pointer is told. */
interface Carried {
  readonly step: "over" | "leave" | "drop";
  readonly y: number;
  readonly origin: OpenNotebook;
  readonly ids: readonly CellId[];
  readonly copies: boolean;
}

export class CellDrag {
  readonly #notebook: OpenNotebook;
  readonly #root: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #mark: DropMark;
  /** How to end the drag that is going on. */
  #end: (() => void) | null = null;
  #speed = 0;
  #frame = 0;

  constructor(notebook: OpenNotebook, root: HTMLElement, scroller: HTMLElement) {
    this.#notebook = notebook;
    this.#root = root;
    this.#scroller = scroller;
    this.#mark = new DropMark(notebook);
    root.addEventListener("pointerdown", this.#pressed);
    root.addEventListener(EVENT, this.#carried);
  }

  destroy(): void {
    this.#end?.();
    this.#scroll(0);
    this.#root.removeEventListener("pointerdown", this.#pressed);
    this.#root.removeEventListener(EVENT, this.#carried);
  }

  readonly #pressed = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const id = target?.closest<HTMLElement>("[data-cell]")?.dataset["cell"];
    if (event.button !== 0 || id === undefined || target?.closest("[data-gutter]") == null) return;
    if (target.closest("button") !== null || event.shiftKey) return;
    this.#follow(id, event);
  };

  /** Follows the pointer from a press in the gutter to its end. */
  #follow(pressed: CellId, from: PointerEvent): void {
    this.#end?.();
    let drag: Drag | null = null;
    const move = (event: PointerEvent): void => {
      if (event.pointerId !== from.pointerId) return;
      if (drag === null && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < FAR_ENOUGH) return;
      drag ??= new Drag(this.#notebook, this.#chosen(pressed));
      drag.move(event);
      event.preventDefault();
    };
    const up = (event: PointerEvent): void => {
      if (event.pointerId !== from.pointerId) return;
      if (drag === null) this.#notebook.store.selection.select(pressed);
      else drag.drop(event);
      end();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || drag === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      end();
    };
    const end = (): void => {
      this.#end = null;
      drag?.end();
      globalThis.removeEventListener("pointermove", move);
      globalThis.removeEventListener("pointerup", up);
      globalThis.removeEventListener("pointercancel", end);
      globalThis.removeEventListener("keydown", key, true);
    };
    this.#end = end;
    globalThis.addEventListener("pointermove", move);
    globalThis.addEventListener("pointerup", up);
    globalThis.addEventListener("pointercancel", end);
    globalThis.addEventListener("keydown", key, true);
  }

  /** The selected cells when the pressed one is among them, else that one; a folded heading brings its section. */
  #chosen(pressed: CellId): readonly CellId[] {
    const { sections, store } = this.#notebook;
    const selected = store.selection.selected.peek();
    if (!selected.includes(pressed)) store.selection.select(pressed);
    return sections.whole(selected.includes(pressed) ? selected : [pressed]);
  }

  readonly #carried = (event: Event): void => {
    const { step, y, origin, ids, copies } = (event as CustomEvent<Carried>).detail;
    if (step === "over" && event.target instanceof Element) {
      this.#mark.over(event.target, y);
      this.#scroll(this.#speedAt(y));
      return;
    }
    this.#mark.leave();
    this.#scroll(0);
    if (step !== "drop") return;
    const { store } = this.#notebook;
    const { after } = this.#mark;
    if (origin === this.#notebook && !copies) this.#notebook.change(moveTo(store.order.peek(), ids, after));
    else this.#notebook.change(copyTo(cellsOf(origin.store.notebook, ids), after, () => this.#notebook.newId()));
    this.#notebook.page?.focus();
  };

  #speedAt(y: number): number {
    const box = this.#scroller.getBoundingClientRect();
    const above = Math.max(0, EDGE - (y - box.top)) / EDGE;
    const below = Math.max(0, EDGE - (box.bottom - y)) / EDGE;
    return Math.round((Math.min(1, below) - Math.min(1, above)) * FASTEST);
  }

  #scroll(speed: number): void {
    this.#speed = speed;
    cancelAnimationFrame(this.#frame);
    if (speed === 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#scroller.scrollTop += this.#speed;
      this.#scroll(this.#speed);
    });
  }
}

/** One drag: the label at the pointer, and what is under it. */
class Drag {
  readonly #origin: OpenNotebook;
  readonly #ids: readonly CellId[];
  readonly #label = document.createElement("div");
  #under: Element | null = null;
  #tab: Element | null = null;
  #timer = 0;

  constructor(origin: OpenNotebook, ids: readonly CellId[]) {
    this.#origin = origin;
    this.#ids = ids;
    this.#label.className = styles.label ?? "";
    this.#label.textContent = dragText.cells(ids.length);
    (document.querySelector("main") ?? document.body).append(this.#label);
    this.#mark(true);
  }

  move(event: PointerEvent): void {
    this.#label.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const notebook = under?.closest("[data-notebook]") ?? null;
    if (this.#under?.closest("[data-notebook]") !== notebook) this.#tell("leave", event);
    this.#under = notebook === null ? null : under;
    this.#tell("over", event);
    this.#bringToFront(under?.closest("[data-region=tabs] li") ?? null);
  }

  drop(event: PointerEvent): void {
    this.#tell("drop", event);
    this.#under = null;
  }

  end(): void {
    this.#under?.dispatchEvent(this.#event("leave", 0, false));
    clearTimeout(this.#timer);
    this.#label.remove();
    this.#mark(false);
  }

  /** For the eye: what is carried is faint where it stands, and no cell under it offers its buttons. */
  #mark(on: boolean): void {
    document.documentElement.toggleAttribute("data-dragging", on);
    for (const id of this.#ids) {
      document.querySelector(`[data-cell="${CSS.escape(id)}"]`)?.toggleAttribute("data-carried", on);
    }
  }

  #tell(step: Carried["step"], { clientY, altKey }: PointerEvent): void {
    this.#under?.dispatchEvent(this.#event(step, clientY, altKey));
  }

  #event(step: Carried["step"], y: number, copies: boolean): CustomEvent<Carried> {
    const detail = { step, y, copies, origin: this.#origin, ids: this.#ids };
    return new CustomEvent(EVENT, { bubbles: true, detail });
  }

  #bringToFront(tab: Element | null): void {
    if (tab === this.#tab) return;
    this.#tab = tab;
    clearTimeout(this.#timer);
    if (tab === null) return;
    this.#timer = setTimeout(() => tab.querySelector("button")?.click(), TAB_PAUSE) as unknown as number;
  }
}
