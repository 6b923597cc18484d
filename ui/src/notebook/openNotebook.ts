/**
 * One open notebook: its store, its connection, its kernel and its editor, tied together, and the actions that need more
 * than one of them. Views and commands get this object; the shell makes it and closes it.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Command } from "../design/command";
import { copyImage } from "../design/copyImage";
import { KernelStore } from "../kernel/kernelStore";
import type { OutputHost } from "../outputs/place";
import { randomId } from "../wire/ids";
import type { JsonObject } from "../wire/json";
import { type Change, insertCell } from "./cellActions";
import { CellClipboard } from "./clipboard";
import { notebookCommands } from "./commands";
import { DocumentConnection } from "./documentConnection";
import type { Edit } from "./edits";
import { type EditorChoices, usualChoices } from "./editorChoices";
import { EditorHolder } from "./editorHolder";
import { inspectIn } from "./help/inspectIn";
import { ExportStore } from "./export/exportStore";
import { Find } from "./find/find";
import { type InspectorChoice, usualInspector } from "./inspector/inspectorChoice";
import { LineNumbers } from "./lineNumbers";
import { KernelControl } from "./kernelControl";
import { PastRunsStore } from "./history/pastRunsStore";
import { VersionsStore } from "./history/versionsStore";
import { type CellId, type CellType, newCell } from "./model";
import type { NotebookPage } from "./notebookPage";
import { NotebookStore } from "./notebookStore";
import { SectionsStore } from "./outline/sectionsStore";
import type { NotebookOptions } from "./notebookOptions";
import { followKernel, RunHistory } from "./runHistory";
import { NotebookWidgets } from "./notebookWidgets";
import { OutputTrust } from "./outputTrust";
import { type RunEnd, RunWatch } from "./runWatch";
import { outputHost } from "./outputHost";
import { UndoHistory, type UndoStep } from "./undo";

/** Opens the notebook at a path; it is shown when the server has answered. */
export function openNotebook(path: string, options: NotebookOptions = {}): OpenNotebook {
  return new OpenNotebook(path, options);
}

export class OpenNotebook {
  readonly store: NotebookStore;
  readonly document: DocumentConnection;
  readonly kernel: KernelControl;
  readonly kernels: KernelStore;
  readonly clipboard: CellClipboard;
  readonly editor: EditorHolder;
  /** Its headings, and what they fold. */
  readonly sections: SectionsStore;
  readonly inspector: InspectorChoice;
  readonly editorChoices: EditorChoices;
  readonly lineNumbers: LineNumbers;
  /** Documentation that is kept in the inspector, by mime type; null: it follows the caret. */
  readonly pinned = signal<JsonObject | null>(null);
  /** What the runs of this session say beyond the outputs. */
  readonly runHistory: RunHistory;
  /** The first cell that is seen; null while none is in the page. */
  readonly topCell = signal<CellId | null>(null);
  /** Find and replace. */
  readonly find: Find;
  readonly commands: readonly Command[];
  /** The caret's place while a cell is edited, from 1. */
  readonly cursor: ReadonlySignal<{ readonly line: number; readonly column: number } | null>;
  /** Whether the list of kernels is being shown to choose from. */
  readonly choosingKernel = signal(false);
  /** Whether it is compared with its file, which has changed and cannot be merged. */
  readonly comparing = signal(false);
  /** Whether it is asked where the selected cells are to go. */
  readonly moving = signal(false);
  /** The versions that were kept of it, to be looked at. */
  readonly versions = new VersionsStore();
  /** The past runs of one of its cells, likewise. */
  readonly pastRuns = new PastRunsStore();
  /** Its export that is under way. */
  readonly exporting = new ExportStore();
  /** What its outputs may ask of it. */
  readonly outputHost: OutputHost;
  /** Those of its kernel. */
  readonly widgets: NotebookWidgets;
  readonly trust: OutputTrust;
  /** The cell that has the live editor, or gets it when it has loaded. */
  readonly liveCell: ReadonlySignal<CellId | null>;
  readonly #liveCell = signal<CellId | null>(null);
  readonly #history = new UndoHistory();
  readonly #options: NotebookOptions;
  readonly #runs = new RunWatch(() => performance.now());
  readonly #stops: readonly (() => void)[];
  #page: NotebookPage | null = null;

  constructor(path: string, options: NotebookOptions) {
    this.#options = options;
    this.store = new NotebookStore(path);
    this.trust = new OutputTrust(this.store);
    this.clipboard = options.clipboard ?? new CellClipboard();
    this.editorChoices = options.editorChoices ?? usualChoices();
    this.lineNumbers = new LineNumbers(this.editorChoices.lineNumbers, (on) => this.editorChoices.setLineNumbers(on));
    this.inspector = options.inspector ?? usualInspector();
    this.kernels = options.kernels ?? new KernelStore();
    this.liveCell = this.#liveCell;
    this.editor = new EditorHolder({
      changed: (cell, source) => this.document.type(cell, source),
      leave: (how) => this.#leave(how),
      key: () => false, // the shell hears keys before the editor does
      complete: (code, cursor) => this.kernel.complete(code, cursor),
      inspect: (code, cursor) => inspectIn(this, code, cursor),
    });
    this.cursor = computed(() => (this.store.selection.mode.value === "edit" ? this.editor.cursor.value : null));
    this.document = new DocumentConnection(this.store, {
      changed: (gone, back) => this.#changed(gone, back),
      overwritten: (back) => this.#history.recordOthers(back, this.store.selection.active.peek()),
      opened: (first, anew) => this.#opened(first, anew),
      widget: (said) => this.widgets.hear(said),
      early: options.early,
    });
    this.widgets = new NotebookWidgets(
      (message) => this.document.sayWidget(message),
      () => this.store.notebook.metadata,
      () => this.store.kernelName.peek(),
    );
    this.kernel = new KernelControl(this.store, this.document);
    this.runHistory = new RunHistory(this.store.order);
    this.sections = new SectionsStore(this.store, (edits) => this.document.edit(edits));
    this.find = new Find(this);
    this.outputHost = outputHost(this, options.opener);
    this.commands = notebookCommands(this);
    this.#stops = [
      effect(() => this.#followSelection()),
      effect(() => this.#ended(this.#runs.run(this.store.run.value))),
      effect(() => {
        const last = this.store.lastFinished.value;
        if (last === null) return;
        untracked(() => this.runHistory.finished(last));
        this.#ended(this.#runs.finished(last.cell, last.status, this.store.errorOf(last.cell)));
      }),
      followKernel(this.runHistory, this.store.kernel),
    ];
  }

  /** Where it is in the page, while it is. */
  get page(): NotebookPage | null {
    return this.#page;
  }

  attach(page: NotebookPage | null): void {
    this.#page = page;
  }

  readonly newId = (): CellId => randomId(4);

  /** Does something to cells; it can be undone. */
  change(change: Change): void {
    const { selection } = this.store;
    if (change.edits.length > 0) {
      this.document.flush();
      this.#history.record(this.store.notebook, change.edits, selection.active.peek());
      this.trust.edits(change.edits);
      this.document.edit(change.edits);
    }
    if (change.select === undefined) return;
    const [first, active] = change.select;
    if (change.caret !== undefined) selection.edit(active, change.caret);
    else selection.selectRange(first, active);
  }

  insert(after: CellId | null, cellType: CellType): void {
    this.change(insertCell(after, newCell(this.newId(), cellType), "start"));
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }
  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  undo(): void {
    this.#takeStep(this.#history.undo(this.store.notebook, this.store.selection.active.peek()));
  }

  redo(): void {
    this.#takeStep(this.#history.redo(this.store.notebook, this.store.selection.active.peek()));
  }

  /** Runs the code cells among these and renders the markdown ones. */
  run(ids: readonly CellId[]): void {
    const { store } = this;
    store.showText(null);
    this.kernel.run(ids.filter((id) => store.cell(id)?.peek().cell_type === "code"));
  }

  /** The keys of a command as they are printed; empty where it has none. */
  keysOf(id: string): string {
    return this.#options.keysOf?.(id) ?? "";
  }

  /** By the shell's registry, where there is one. */
  runCommand(id: string): void {
    if (this.#options.run !== undefined) return this.#options.run(id);
    const command = this.commands.find((one) => one.id === id);
    if (command?.enabled() === true) void command.run();
  }

  /** Its file as text, in its place; `message` says why it is no notebook. */
  showAsText(message: string): void {
    this.#options.opener?.openAsText(this.store.document.peek().path, message);
  }

  /** Why a command can do nothing now, for a button that stands for it; empty where it can, or is off for another reason. */
  refusalOf(id: string): string {
    return this.commands.find((one) => one.id === id)?.refusal?.() ?? "";
  }

  /** The image on the system's clipboard, where the window tells of it; `null` where a paste itself does. */
  pastedImage(): Promise<Blob | null> | null {
    return this.#options.pastedImage?.() ?? null;
  }

  /** Whether the image is on the clipboard now. */
  copyImage(png: Blob): Promise<boolean> {
    return (this.#options.copyImage ?? copyImage)(png);
  }

  save(): Promise<boolean> {
    return this.document.save();
  }

  /** The file has got another path. */
  renamed(path: string): void {
    this.store.setDocument({ ...this.store.document.peek(), path });
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.trust.close();
    this.find.destroy();
    this.sections.destroy();
    this.kernel.close();
    this.widgets.close();
    this.document.close();
    this.editor.destroy();
  }

  #takeStep(step: UndoStep | null): void {
    if (step === null) return;
    this.trust.edits(step.edits);
    this.document.edit(step.edits);
    if (step.active !== null && this.store.cell(step.active) !== undefined) this.store.selection.select(step.active);
  }

  #changed(gone: readonly CellId[], back: readonly Edit[]): void {
    for (const id of gone) this.editor.forget(id);
    const overwritten = new Set(back.flatMap((edit) => (edit.op === "set_source" ? [edit.cell] : [])));
    this.editor.follow((id) => this.store.cell(id)?.peek().source, overwritten);
  }

  #ended(end: RunEnd | null): void {
    if (end !== null) untracked(() => this.#options.ended?.(this.store.document.peek().path, end));
  }

  #opened(first: boolean, anew: boolean): void {
    const { store } = this;
    if (anew) this.widgets.connected();
    this.#runs.reset();
    this.#runs.run(store.run.peek());
    if (!first) return;
    const only = store.notebook.cells.length === 1 ? store.notebook.cells[0] : undefined;
    if (only?.source === "" && only.cell_type === "code") store.selection.edit(only.id, "start");
    const { state, message } = store.kernel.peek();
    if (state === "none" && message === "") void this.kernel.start();
  }

  /** The editor stays in the cell that was edited last as long as that is the active one. */
  #followSelection(): void {
    const { active, mode } = this.store.selection;
    const id = active.value;
    if (mode.value === "edit") {
      this.#liveCell.value = id;
      void this.editor.load();
    } else {
      if (this.#liveCell.peek() !== id) this.#liveCell.value = null;
      queueMicrotask(() => this.document.flush());
    }
    if (this.store.editedText.peek() !== id) this.store.showText(null);
  }

  #leave(how: "escape" | "up" | "down"): void {
    const { selection } = this.store;
    const id = selection.active.peek();
    if (how === "escape") {
      if (id !== null && this.store.cell(id)?.peek().cell_type === "markdown") this.store.showText(id);
      selection.command();
      return;
    }
    const next = this.sections.beside(selection.index, how === "up" ? -1 : 1);
    if (next === undefined) return;
    if (this.store.cell(next)?.peek().cell_type === "markdown") selection.select(next);
    else selection.edit(next, how === "up" ? "end" : "start");
  }
}
