/**
 * Notebooks as documents of the shell. Loaded, with all that notebooks need, when the first one is opened. What is cut
 * in one can be pasted in another: they share their clipboard, and the list of kernels.
 */
import { computed, effect, signal } from "@preact/signals";
import { writtenForm } from "../api/contents";
import { KernelStore } from "../kernel/kernelStore";
import { CellClipboard } from "../notebook/clipboard";
import type { EditorChoices } from "../notebook/editorChoices";
import { notebookDrop } from "../notebook/notebookDrop";
import { paperOf } from "../notebook/NotebookPaper";
import { NotebookView } from "../notebook/NotebookView";
import type { Load, NotebookStore } from "../notebook/notebookStore";
import { type InspectorChoice, inspectorPage } from "../notebook/inspector/inspectorChoice";
import { goToCell, headingsAndCells, linesAndCells } from "../notebook/outline/goTo";
import { openNotebook, type OpenNotebook } from "../notebook/openNotebook";
import type { FileOpener } from "../notebook/outputHost";
import type { MayBeEarly } from "../wire/earlySocket";
import type { DocumentStatus, KernelWord, OpenDocument, RunEnd, SaveWord } from "./document";
import type { NotebookProblem } from "./opening";

/** What notebooks ask of the shell. */
export interface NotebookHost extends MayBeEarly {
  /** The shell's registry, so that buttons in a notebook ask what menus and keys ask. */
  run(command: string): void;
  /** The keys of a command as they are printed; empty where it has none. */
  keysOf(command: string): string;
  /** The image on the system's clipboard; `null` where a paste itself tells. */
  pastedImage(): Promise<Blob | null> | null;
  /** Whether an image is on the clipboard now. */
  copyImage(png: Blob): Promise<boolean>;
  /** A run has ended. */
  ended(path: string, end: RunEnd): void;
  /** Opens the files that outputs name. */
  readonly opener: FileOpener;
  readonly editorChoices: EditorChoices;
  /** Of the inspector: which page is remembered, how wide it is. */
  readonly inspector: Omit<InspectorChoice, "page"> & { readonly page: string; remember(page: string): void };
}

export type OpenNotebookDocument = (path: string, problem: (problem: NotebookProblem) => void) => OpenDocument;

export function notebookDocuments(host: NotebookHost): OpenNotebookDocument {
  const run = (command: string): void => host.run(command);
  const keysOf = (command: string): string => host.keysOf(command);
  const ended = (at: string, end: RunEnd): void => host.ended(at, end);
  const copyImage = (png: Blob): Promise<boolean> => host.copyImage(png);
  const pastedImage = (): Promise<Blob | null> | null => host.pastedImage();
  const { opener, editorChoices, early } = host;
  const page = signal(inspectorPage(host.inspector.page));
  effect(() => host.inspector.remember(page.value ?? ""));
  const inspector: InspectorChoice = { ...host.inspector, page };
  const shared = {
    run,
    keysOf,
    ended,
    copyImage,
    pastedImage,
    early,
    opener,
    editorChoices,
    clipboard: new CellClipboard(),
    kernels: new KernelStore(),
    inspector,
  };
  return (path, problem) => documentOf(openNotebook(path, shared), problem);
}

function documentOf(notebook: OpenNotebook, problem: (problem: NotebookProblem) => void): OpenDocument {
  const { store, editor } = notebook;
  void editor.load(); // while the server reads: what is left to come before the cells was asked for long ago
  const stop = tellProblem(store, problem);
  const unsaved = computed(() => store.unconfirmed.value || store.document.value.state !== "saved");
  return {
    unsaved,
    wouldLose: computed(() => {
      const { state } = store.document.value;
      return store.unconfirmed.value || state === "failed" || state === "changed_on_disk";
    }),
    status: computed(() => statusOf(notebook)),
    commands: notebook.commands,
    view: () => <NotebookView notebook={notebook} />,
    paper: paperOf(notebook),
    drops: notebookDrop(notebook),
    announced: store.announced,
    places: {
      named: () => headingsAndCells(notebook),
      numbered: (number) => linesAndCells(notebook, number),
    },
    here: computed(() => {
      const cell = store.selection.active.value;
      return cell === null ? null : { cell, index: store.places.value.get(cell) ?? 0 };
    }),
    goTo: (cell) => {
      if (store.cell(cell) !== undefined) goToCell(notebook, cell);
    },
    content: () => writtenForm(store.document.peek().path),
    save: async () => (await notebook.save()) && store.document.peek().state === "saved",
    renamed: (path) => notebook.renamed(path),
    close: () => {
      stop();
      notebook.close();
    },
  };
}

/** A notebook that cannot be opened becomes another kind of tab; one that was shown stays, with what was typed in it. */
function tellProblem(store: NotebookStore, tell: (problem: NotebookProblem) => void): () => void {
  let shown = false;
  return effect(() => {
    const load = store.load.value;
    if (load.at === "ready") shown = true;
    if (load.at === "failed" && !shown) queueMicrotask(() => tell(problemOf(load)));
  });
}

function problemOf({ kind, message, line }: Extract<Load, { at: "failed" }>): NotebookProblem {
  if (kind === "InvalidNotebook") return { kind: "invalid", message, line: line > 0 ? line : null };
  return { kind: "unavailable", message, missing: kind === "NotFound" };
}

function statusOf({ store, cursor, trust }: OpenNotebook): DocumentStatus {
  const kernel = store.kernel.value;
  const asks = store.input.value !== null && kernel.state === "busy";
  const stops = store.interrupting.value && kernel.state === "busy";
  const word: KernelWord = stops ? "interrupting" : asks ? "input" : kernel.state;
  const ready = store.load.value.at === "ready";
  return {
    kernel: ready
      ? { name: kernel.displayName ?? "", word, message: kernel.message, since: store.run.value.startedAt }
      : null,
    queued: store.run.value.queued.length,
    save: ready ? saveOf(store) : null,
    scriptsOff: ready && trust.scriptsOff.value,
    mode: ready ? store.selection.mode.value : null,
    cursor: cursor.value,
    connection: connectionOf(store),
  };
}

function saveOf(store: NotebookStore): NonNullable<DocumentStatus["save"]> {
  const { state, at, message, writable } = store.document.value;
  const settled: SaveWord = writable ? "saved" : "read_only";
  const word: SaveWord = state !== "saved" ? state : store.unconfirmed.value ? "unsaved" : settled;
  return { word, at, message };
}

function connectionOf(store: NotebookStore): DocumentStatus["connection"] {
  const connection = store.connection.value;
  if (connection.at === "connecting") return { word: "connecting", seconds: 0 };
  return connection.at === "waiting" ? { word: "reconnecting", seconds: connection.seconds } : null;
}
