/**
 * The one live editor of a notebook. It is shown in the cell that is being edited and takes each cell's state (text,
 * history, selection) with it when it goes: `show` again brings it back as it was. Loaded as a chunk of its own.
 */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { indentLess, indentMore, isolateHistory, redo, selectAll, toggleComment, undo } from "@codemirror/commands";
import {
  Annotation,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, keymap, lineNumbers, type ViewUpdate } from "@codemirror/view";
import { signal } from "@preact/signals";
import { editorText } from "../i18n/editor";
import "./codeEditor.css";
import { type Complete, completion } from "./completion";
import { foundMarks, setFound } from "./foundMarks";
import { editorSetup, magicColours, type Surroundings } from "./editorSetup";
import { indentationOf, loadLanguage, readyLanguage } from "./languages";
import { hasGrammar, type LanguageName, languageNamed } from "./languageNames";
import type { Found } from "./staticCode";
import { changeBetween } from "./textChange";

export { loadLanguage } from "./languages"; // for the static highlighter: one door into this chunk

export interface EditorHost extends Surroundings {
  changed(cellId: string, source: string): void;
  /** Offsets count UTF-16 units; absent where nothing can be completed. */
  complete?: Complete;
}

export interface ShowOptions {
  readonly lineNumbers?: boolean;
  /** Whether an opening bracket in code brings the closing one; it does unless this is false. */
  readonly closeBrackets?: boolean;
  /** Vim's keys, as soon as they are here. */
  readonly vim?: boolean;
}

export type EditorCommand = "undo" | "redo" | "comment" | "indent" | "dedent" | "selectAll";

const COMMANDS = { undo, redo, comment: toggleComment, indent: indentMore, dedent: indentLess, selectAll };

/** Marks a change that came from outside: it is not reported back and is not the user's to undo. */
const outside = Annotation.define<boolean>();

interface Kept {
  state: EditorState;
  look: string;
}

export class LiveEditor {
  readonly cursor = signal<{ line: number; column: number } | null>(null);
  readonly #host: EditorHost;
  readonly #view: EditorView;
  readonly #kept = new Map<string, Kept>();
  /** By cell, the state before others overwrote what was typed in it. */
  readonly #mine = new Map<string, EditorState>();
  readonly #language = new Compartment();
  #cellId: string | null = null;
  #look = "";
  #vim: Extension | null = null;
  #vimLoading: Promise<void> | null = null;
  /** Shows the present cell once more. */
  #again: (() => void) | null = null;

  constructor(host: EditorHost) {
    this.#host = host;
    this.#view = new EditorView();
    this.#view.dom.remove();
  }

  /** The cell that it is shown in. */
  get cellId(): string | null {
    return this.#cellId;
  }

  show(cellId: string, parent: HTMLElement, source: string, language: string, options: ShowOptions = {}): void {
    const name = languageNamed(language);
    const vim = options.vim === true ? this.#vimKeys() : null;
    const look = lookOf(name, options, vim !== null);
    if (this.#cellId !== cellId || this.#look !== look) {
      this.hide();
      const kept = this.#kept.get(cellId);
      this.#cellId = cellId;
      this.#look = look;
      this.#view.setState(kept?.look === look ? kept.state : this.#newState(source, name, options, vim, kept?.state));
      void this.#completeLanguage(cellId, name);
    }
    this.#again = () => {
      const hadFocus = this.#view.hasFocus;
      if (this.#cellId === cellId) this.show(cellId, parent, this.#view.state.doc.toString(), language, options);
      if (hadFocus) this.#view.focus();
    };
    parent.classList.add("live-editor");
    if (this.#view.dom.parentElement !== parent) parent.append(this.#view.dom);
    this.setSource(cellId, source);
    this.#tellCursor();
  }

  hide(): void {
    if (this.#cellId === null) return;
    this.#kept.set(this.#cellId, { state: this.#view.state, look: this.#look });
    this.#cellId = null;
    this.cursor.value = null;
    this.#view.dom.parentElement?.classList.remove("live-editor");
    this.#view.dom.remove();
  }

  /** The cell is gone: its history goes too. */
  forget(cellId: string): void {
    if (this.#cellId === cellId) this.hide();
    this.#kept.delete(cellId);
    this.#mine.delete(cellId);
  }

  /**
   * The text was changed elsewhere (another window, undo of a cell action). Selection and history stay as far as they
   * can. `overwritten`: what was typed here is gone by it; one undo brings that back, whatever others have made of it
   * until somebody types here again.
   */
  setSource(cellId: string, source: string, overwritten = false): void {
    const kept = this.#kept.get(cellId);
    const now = this.#cellId === cellId ? this.#view.state : kept?.state;
    if (now === undefined || now.doc.toString() === source) return;
    if (overwritten && !this.#mine.has(cellId)) this.#mine.set(cellId, now);
    const mine = this.#mine.get(cellId);
    if (this.#cellId === cellId && mine === undefined) this.#view.dispatch(outsideChange(now, source));
    else if (this.#cellId === cellId && mine !== undefined) {
      this.#view.setState(overwrittenState(mine, now, source));
      this.#tellCursor();
    } else if (kept !== undefined) {
      kept.state =
        mine === undefined ? now.update(outsideChange(now, source)).state : overwrittenState(mine, now, source);
    }
  }

  /** A number is a line, from 1. */
  focus(at: "start" | "end" | "keep" | number = "keep"): void {
    if (this.#cellId === null) return;
    this.#view.focus();
    if (at === "keep") return;
    const { doc } = this.#view.state;
    const end = at === "start" ? 0 : doc.length;
    const position = typeof at === "number" ? doc.line(Math.min(Math.max(1, at), doc.lines)).from : end;
    this.#view.dispatch({ selection: EditorSelection.cursor(position), scrollIntoView: true });
  }

  /** The caret to the beginning of a line, from 1; the last one beyond the end. */
  goToLine(cellId: string, number: number): void {
    if (this.#cellId !== cellId) return;
    const { doc } = this.#view.state;
    const line = doc.line(Math.min(Math.max(1, number), doc.lines));
    this.#view.dispatch({ selection: EditorSelection.cursor(line.from), scrollIntoView: true });
    this.#view.focus();
  }

  /** Text as if it were typed now. */
  insert(text: string): void {
    if (this.#cellId === null) return;
    this.#view.dispatch(this.#view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  }

  /** What was typed in this cell before the editor was here: its selection, and one step that can be undone. */
  takeOver(before: string, { source, anchor, head }: { source: string; anchor: number; head: number }): void {
    const changes = changeBetween(before, source);
    if (this.#cellId === null || this.#view.state.doc.toString() !== source) return; // others have changed it since
    if (changes !== null) {
      this.#view.dispatch(outsideChange(this.#view.state, before));
      this.#view.dispatch({ changes, annotations: [outside.of(true), isolateHistory.of("full")] });
    }
    this.#view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
  }

  /** Marks what was found in the cell, if it has the editor. */
  mark(cellId: string, found: readonly Found[]): void {
    if (this.#cellId === cellId) setFound(this.#view, found);
  }

  /** The text that is selected; empty without one, and while it is nowhere. */
  get selectedText(): string {
    const { state } = this.#view;
    return this.#cellId === null ? "" : state.sliceDoc(state.selection.main.from, state.selection.main.to);
  }

  command(name: EditorCommand): void {
    if (this.#cellId !== null) COMMANDS[name](this.#view);
  }

  /** The end of this editor. */
  destroy(): void {
    this.hide();
    this.#kept.clear();
    this.#mine.clear();
    this.#view.destroy();
  }

  #newState(
    source: string,
    name: LanguageName,
    options: ShowOptions,
    vim: Extension | null,
    before?: EditorState,
  ): EditorState {
    const doc = before?.doc.toString() ?? source;
    return EditorState.create({
      doc,
      ...(before !== undefined && { selection: before.selection }),
      extensions: [
        vim ?? [], // before the other keys: it takes what it knows
        editorSetup(this.#host),
        foundMarks,
        this.#language.of(languageExtensions(name)),
        isProse(name) ? EditorView.lineWrapping : [],
        isProse(name) || options.closeBrackets === false ? [] : [closeBrackets(), keymap.of(closeBracketsKeymap)],
        options.lineNumbers === true ? lineNumbers() : [],
        this.#host.complete !== undefined && !isProse(name)
          ? completion((...ask) => this.#complete(...ask), this.#host.inspect ?? null)
          : [],
        EditorView.contentAttributes.of({ "aria-label": labelOf(name) }),
        EditorView.updateListener.of((update) => this.#updated(update)),
      ],
    });
  }

  /** Vim's keys if they are here; else they are fetched, and the cell is shown with them when they have come. */
  #vimKeys(): Extension | null {
    if (this.#vim !== null || this.#vimLoading !== null) return this.#vim;
    this.#vimLoading = import("./vimKeys").then(
      ({ vimKeys }) => {
        this.#vim = vimKeys(() => this.#host.leave("escape"));
        this.#again?.();
      },
      () => void (this.#vimLoading = null), // a chunk that did not come may come the next time
    );
    return null;
  }

  async #complete(code: string, cursor: number): ReturnType<Complete> {
    return (await this.#host.complete?.(code, cursor)) ?? null;
  }

  /** Put the language in when its chunk has come, wherever the cell is by then. */
  async #completeLanguage(cellId: string, name: LanguageName): Promise<void> {
    if (!hasGrammar(name) || readyLanguage(name) !== null) return;
    await loadLanguage(name);
    const effects = this.#language.reconfigure(languageExtensions(name));
    const mine = this.#mine.get(cellId);
    if (mine !== undefined) this.#mine.set(cellId, mine.update({ effects }).state);
    if (this.#cellId === cellId) this.#view.dispatch({ effects });
    else {
      const kept = this.#kept.get(cellId);
      if (kept !== undefined) kept.state = kept.state.update({ effects }).state;
    }
  }

  #updated(update: ViewUpdate): void {
    if (this.#cellId === null) return;
    if (update.docChanged && update.transactions.some((each) => each.docChanged && each.annotation(outside) !== true)) {
      this.#mine.delete(this.#cellId);
      this.#host.changed(this.#cellId, update.state.doc.toString());
    }
    if (update.docChanged || update.selectionSet) this.#tellCursor();
  }

  #tellCursor(): void {
    const { head } = this.#view.state.selection.main;
    const line = this.#view.state.doc.lineAt(head);
    this.cursor.value = { line: line.number, column: head - line.from + 1 };
  }
}

function outsideChange(state: EditorState, source: string): TransactionSpec {
  const changes = changeBetween(state.doc.toString(), source) ?? [];
  return { changes, annotations: [outside.of(true), Transaction.addToHistory.of(false)] };
}

/** What others have made of a text in all, as one step that can be undone; the caret is where it is `now`. */
function overwrittenState(mine: EditorState, now: EditorState, source: string): EditorState {
  const changes = changeBetween(mine.doc.toString(), source);
  if (changes === null) return mine; // it is again what it was
  const selection = now.selection.map(now.changes(changeBetween(now.doc.toString(), source) ?? []));
  return mine.update({ changes, selection, annotations: isolateHistory.of("full") }).state;
}

function languageExtensions(name: LanguageName): Extension {
  return [readyLanguage(name) ?? [], indentationOf(name), name === "python" ? magicColours : []];
}

function lookOf(name: LanguageName, options: ShowOptions, hasVim: boolean): string {
  const flags = [options.lineNumbers === true, options.closeBrackets === false, hasVim];
  return `${name} ${flags.map(Number).join("")}`;
}

function isProse(name: LanguageName): boolean {
  return name === "markdown" || name === "plain";
}

function labelOf(name: LanguageName): string {
  if (name === "markdown") return editorText.markdownLabel;
  return name === "plain" ? editorText.rawLabel : editorText.codeLabel;
}
