/**
 * A notebook in the page: the list of cells follows the store, the focus follows the active cell, and what is selected
 * is brought into view. Presses, copying and pasting come in here.
 */
import { effect, untracked } from "@preact/signals";
import { sentenceOf } from "../i18n/sentenceOf";
import { type CellHost, CellList } from "./cellList";
import { cellsOf, copies, deleteCells, insertCells } from "./cellActions";
import { cellsInText, cellsToText } from "./clipboard";
import { CellDrag } from "./drag/cellDrag";
import { estimatedHeight } from "./estimates";
import { pasteImages, pastedImages, takesImages } from "./images";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";

export interface PageElements {
  /** Everything of the notebook. */
  readonly root: HTMLElement;
  readonly scroller: HTMLElement;
  readonly list: HTMLElement;
  readonly shellClass: string;
}

export class NotebookPage {
  readonly #notebook: OpenNotebook;
  readonly #elements: PageElements;
  readonly #list: CellList;
  readonly #drag: CellDrag;
  readonly #stops: readonly (() => void)[];
  /** The selection was made by a press: what is under the pointer must not move. */
  #pressed = false;
  #shownActive: CellId | null = null;

  constructor(notebook: OpenNotebook, elements: PageElements, mount: Pick<CellHost, "mount" | "unmount">) {
    const { store } = notebook;
    this.#notebook = notebook;
    this.#elements = elements;
    const host: CellHost = {
      ...mount,
      estimate: (id) => {
        const cell = store.cell(id)?.peek();
        return cell === undefined ? 0 : estimatedHeight(cell);
      },
      scrolled: (top) => untracked(() => (notebook.topCell.value = top)),
      isPinned: (id) => id === store.selection.active.peek() || id === store.input.peek()?.cell,
    };
    this.#list = new CellList(elements.scroller, elements.list, host, elements.shellClass);
    this.#drag = new CellDrag(notebook, elements.root, elements.scroller);
    notebook.attach(this);
    this.#stops = [
      effect(() => {
        const order = store.order.value;
        untracked(() => this.#list.setOrder(order)); // what is drawn there follows signals of its own
      }),
      effect(() => {
        const { hidden } = notebook.sections.folds.value;
        untracked(() => this.#list.setHidden(new Set(hidden.keys())));
      }),
      effect(() => {
        const { active, mode } = store.selection;
        const [cell] = [active.value, mode.value]; // Escape leaves the cell active, and gives it the focus
        if (cell !== null) queueMicrotask(() => this.#settle());
      }),
      effect(() => {
        const input = store.input.value;
        if (input !== null) untracked(() => this.#list.ensure(input.cell));
      }),
    ];
    elements.root.addEventListener("paste", this.#pasted, true); // before the editor, for which an image is nothing
    for (const name of ["copy", "cut", "paste"] as const) elements.root.addEventListener(name, this.#clipboard);
    elements.root.addEventListener("focusout", this.#left);
    globalThis.addEventListener("keydown", this.#typed, true);
  }

  destroy(): void {
    const { root } = this.#elements;
    for (const stop of this.#stops) stop();
    root.removeEventListener("paste", this.#pasted, true);
    for (const name of ["copy", "cut", "paste"] as const) root.removeEventListener(name, this.#clipboard);
    root.removeEventListener("focusout", this.#left);
    globalThis.removeEventListener("keydown", this.#typed, true);
    this.#drag.destroy();
    this.#list.destroy();
    this.#notebook.attach(null);
  }

  /** Runs something that a press has asked for; nothing scrolls because of it. */
  press(select: () => void): void {
    this.#pressed = true;
    select();
    queueMicrotask(() => (this.#pressed = false));
  }

  scrollPages(pages: number): void {
    this.#list.page(pages);
  }

  reveal(id: CellId): void {
    this.#list.reveal(id);
  }

  /** Scrolls until a cell begins at the top. */
  toTop(id: CellId): void {
    this.#list.toTop(id);
  }

  /** Where the content of a cell is in the page. */
  shellOf(id: CellId): HTMLElement | undefined {
    return this.#list.ensure(id);
  }

  /** Presses something in a cell, as a user would; tells whether it was there. */
  pressIn(id: CellId, selector: string): boolean {
    const found = this.#list.ensure(id)?.querySelector<HTMLElement>(selector);
    found?.focus();
    found?.click();
    return found != null;
  }

  /** Gives the focus to the active cell. */
  focus(): void {
    const { active, mode } = this.#notebook.store.selection;
    const id = active.peek();
    const shell = id === null ? undefined : this.#list.ensure(id);
    if (id === null || shell === undefined) this.#elements.scroller.focus({ preventScroll: true });
    else if (mode.peek() === "command") cellIn(shell)?.focus({ preventScroll: true });
  }

  /** The page after the selection has changed. */
  #settle(): void {
    const { selection } = this.#notebook.store;
    const id = selection.active.peek();
    if (id === null) return;
    const shell = this.#list.ensure(id);
    if (shell === undefined) return;
    if (this.#hasFocus() && selection.mode.peek() === "command" && !keepsFocus(shell)) this.focus();
    if (!this.#pressed && id !== this.#shownActive) this.#list.reveal(id);
    this.#shownActive = id;
  }

  /** Whether the keyboard is here, or nowhere. */
  #hasFocus(): boolean {
    const { root } = this.#elements;
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return isVisible(root);
    if (focused.closest("[role=search]") !== null) return false; // who looks for something types on
    return root.contains(focused);
  }

  /**
   * The focus leaves the editor for something else in the window, or for nothing: the cell is no longer being edited, or
   * the next letter would be a command although it looks as if it were typed. Who goes to another window comes back to it.
   */
  readonly #left = (event: FocusEvent): void => {
    const { selection } = this.#notebook.store;
    if (!isInEditor(event.target) || isInEditor(event.relatedTarget)) return;
    setTimeout(() => {
      const stays = isInEditor(document.activeElement) || !document.hasFocus();
      if (!stays && this.#notebook.editor.isReady.peek() && selection.mode.peek() === "edit") selection.command();
    });
  };

  /** Who begins to edit and types on need not wait for the editor: before it has come, no letter may be a command. */
  readonly #typed = (event: KeyboardEvent): void => {
    const { store, editor } = this.#notebook;
    const { active, mode } = store.selection;
    const id = active.peek();
    if (id === null || mode.peek() !== "edit" || editor.isReady.peek()) return;
    const target = event.target instanceof Element ? event.target : null;
    if (!this.#hasFocus() || !(target === document.body || target?.matches("[data-cell]") === true)) return;
    const source = store.cell(id)?.peek().source;
    if (source === undefined || !editor.typedEarly(id, event, source, store.selection)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the shell would take it for a command
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const isElsewhere = target?.closest("input, textarea, select") != null;
    if (isElsewhere || !takesImages(this.#notebook)) return;
    const images = pastedImages(event.clipboardData);
    const isEmpty = images.length === 0 && event.clipboardData?.getData("text/plain") === "";
    const asked = isEmpty ? this.#notebook.pastedImage() : null;
    if (images.length === 0 && asked === null) return;
    event.preventDefault();
    event.stopPropagation();
    const found = asked?.then((image) =>
      image === null ? [] : [new File([image], "image.png", { type: image.type })],
    );
    Promise.resolve(found ?? images)
      .then(async (files) => {
        if (files.length > 0) await pasteImages(this.#notebook, files);
        else if (this.#meansCells(event)) this.#pasteCells("");
      })
      .catch((error: unknown) => this.#notebook.store.notify(sentenceOf(error)));
  };

  readonly #clipboard = (event: ClipboardEvent): void => {
    if (!this.#meansCells(event)) return;
    const { store, clipboard, sections } = this.#notebook;
    const ids = sections.whole(store.selection.selected.peek());
    if (event.type === "paste") this.#pasteCells(event.clipboardData?.getData("text/plain") ?? "");
    else {
      const cells = cellsOf(store.notebook, ids);
      clipboard.keep(cells);
      event.clipboardData?.setData("text/plain", cellsToText(cells));
      if (event.type === "cut") this.#notebook.change(deleteCells(store.notebook, ids, () => this.#notebook.newId()));
    }
    event.preventDefault();
  };

  /** The cells in a text, else those that were copied here. */
  #pasteCells(text: string): void {
    const { store, clipboard, sections } = this.#notebook;
    const found = cellsInText(text);
    const cells = copies(found.length > 0 ? found : clipboard.cells, () => this.#notebook.newId());
    if (cells.length > 0)
      this.#notebook.change(insertCells(sections.whole(store.selection.selected.peek()).at(-1) ?? null, cells));
  }

  /** Selected text and text fields keep their clipboard; cells have it in command mode. */
  #meansCells(event: ClipboardEvent): boolean {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, textarea, select, .cm-editor, [contenteditable=true]") != null) return false;
    if (this.#notebook.store.selection.active.peek() === null) return false;
    return event.type === "paste" || document.getSelection()?.isCollapsed !== false;
  }
}

function cellIn(shell: HTMLElement): HTMLElement | null {
  return shell.querySelector<HTMLElement>("[data-cell]");
}

/** A control inside the active cell that has the focus keeps it: a button, a link, a field. */
function keepsFocus(shell: HTMLElement): boolean {
  const focused = document.activeElement;
  return focused !== null && shell.contains(focused) && focused.closest(".cm-editor") === null;
}

function isInEditor(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".cm-editor") !== null;
}

function isVisible(element: HTMLElement): boolean {
  return getComputedStyle(element).visibility !== "hidden" && element.clientHeight > 0;
}
