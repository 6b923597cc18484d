/**
 * What is known of one open notebook, as signals: its cells (one signal each), what is selected, how the document, the
 * kernel and the connection are, and what runs. No network, no page. Only the functions here change a signal.
 */
import type { Announcement } from "../design/announcer";
import { batch, computed, type ReadonlySignal, signal, type Signal } from "@preact/signals";
import type { JsonObject } from "../wire/json";
import {
  type DocumentStatus,
  type Finished,
  type FinishedStatus,
  type InputRequest,
  type KernelStatus,
  NO_KERNEL,
  NOTHING_RUNS,
  type RunStatus,
  type Snapshot,
} from "./documentMessages";
import { kernelIn, languageIn } from "./metadataNames";
import { type Cell, type CellId, EMPTY_NOTEBOOK, type Notebook } from "./model";
import { runSentence } from "./runSentence";
import { Selection } from "./selection";

export type Load =
  | { readonly at: "loading" }
  | { readonly at: "ready" }
  | {
      readonly at: "failed";
      readonly message: string;
      /** The error class of the server. */
      readonly kind: string;
      /** Where an invalid file is broken, from 1; 0 when it is not known. */
      readonly line: number;
    };

/** How the last run of a cell in this session ended; `source` is what was run. */
export interface CellRun {
  readonly status: FinishedStatus;
  readonly seconds: number | null;
  readonly source: string;
}

export type Connection =
  | { readonly at: "connecting" }
  | { readonly at: "open" }
  | { readonly at: "waiting"; readonly seconds: number }
  | { readonly at: "closed" };

/** Something that the user asked for and that could not be done; shown until it is dismissed. */
export interface Notice {
  readonly message: string;
}

const UNSAVED: DocumentStatus = {
  state: "saved",
  message: "",
  at: null,
  path: "",
  writable: true,
  restored: null,
  combined: null,
  untrusted: [],
};

export class NotebookStore {
  readonly #load = signal<Load>({ at: "loading" });
  readonly #order = signal<readonly CellId[]>([]);
  readonly #cells = new Map<CellId, Signal<Cell>>();
  readonly #runs = new Map<CellId, Signal<CellRun | null>>();
  readonly #metadata = signal<JsonObject>({});
  readonly #document: Signal<DocumentStatus>;
  readonly #kernel = signal<KernelStatus>(NO_KERNEL);
  readonly #run = signal<RunStatus>(NOTHING_RUNS);
  readonly #waiting = signal<readonly CellId[]>([]);
  readonly #input = signal<InputRequest | null>(null);
  readonly #connection = signal<Connection>({ at: "connecting" });
  readonly #unconfirmed = signal(false);
  readonly #notice = signal<Notice | null>(null);
  readonly #announced = signal<Announcement>({ text: "", isUrgent: false });
  readonly #interrupting = signal(false);
  readonly #hasRun = signal(false);
  readonly #lastFinished = signal<Finished | null>(null);
  readonly #editedText = signal<CellId | null>(null);
  readonly #shown = signal<Notebook>(EMPTY_NOTEBOOK);
  #running: { readonly cell: CellId; readonly source: string } | null = null;

  readonly selection: Selection;
  readonly places: ReadonlySignal<ReadonlyMap<CellId, number>>;
  readonly isOffline = computed(() => this.#load.value.at === "ready" && this.#connection.value.at !== "open");
  /** Of its code cells. */
  readonly language: ReadonlySignal<string>;
  /** Of its kernelspec: the running kernel's, or the one that the notebook names; empty where neither is known. */
  readonly kernelName: ReadonlySignal<string>;
  /** Where the notebook lies, relative to the root: what relative addresses in it begin with. */
  readonly folder: ReadonlySignal<string>;

  constructor(path: string) {
    this.#document = signal({ ...UNSAVED, path });
    this.selection = new Selection(this.#order);
    this.places = computed(() => new Map(this.#order.value.map((id, index) => [id, index])));
    this.folder = computed(() => this.#document.value.path.replace(/\/?[^/]*$/, ""));
    this.kernelName = computed(() => this.#kernel.value.name ?? kernelIn(this.#metadata.value));
    this.language = computed(() => this.#kernel.value.language ?? languageIn(this.#metadata.value));
  }

  get load(): ReadonlySignal<Load> {
    return this.#load;
  }
  get order(): ReadonlySignal<readonly CellId[]> {
    return this.#order;
  }
  get metadata(): ReadonlySignal<JsonObject> {
    return this.#metadata;
  }
  get document(): ReadonlySignal<DocumentStatus> {
    return this.#document;
  }
  get kernel(): ReadonlySignal<KernelStatus> {
    return this.#kernel;
  }
  get run(): ReadonlySignal<RunStatus> {
    return this.#run;
  }
  /** Cells that are to run as soon as a kernel has started. */
  get waiting(): ReadonlySignal<readonly CellId[]> {
    return this.#waiting;
  }
  get input(): ReadonlySignal<InputRequest | null> {
    return this.#input;
  }
  get connection(): ReadonlySignal<Connection> {
    return this.#connection;
  }
  /** Whether something is on the screen that is not surely with the server yet. */
  get unconfirmed(): ReadonlySignal<boolean> {
    return this.#unconfirmed;
  }
  get notice(): ReadonlySignal<Notice | null> {
    return this.#notice;
  }
  /** The cell that has come to its end last, and how. */
  get lastFinished(): ReadonlySignal<Finished | null> {
    return this.#lastFinished;
  }
  /** Whether some cell has run in this session. */
  get hasRun(): ReadonlySignal<boolean> {
    return this.#hasRun;
  }
  /** For readers: what has just happened, one sentence. */
  get announced(): ReadonlySignal<Announcement> {
    return this.#announced;
  }
  /** Whether the running cell has been asked to stop, and has not yet. */
  get interrupting(): ReadonlySignal<boolean> {
    return this.#interrupting;
  }
  /** The markdown cell that shows its text although it is not being edited: it has not been left yet. */
  get editedText(): ReadonlySignal<CellId | null> {
    return this.#editedText;
  }
  /** The notebook that is shown, as a value. */
  get notebook(): Notebook {
    return this.#shown.peek();
  }
  /** The same as a signal. Every key changes it: for what follows the whole notebook, and takes its time with it. */
  get shown(): ReadonlySignal<Notebook> {
    return this.#shown;
  }

  /** The signal of a cell; a cell that has gone keeps its last value. */
  cell(id: CellId): ReadonlySignal<Cell> | undefined {
    return this.#cells.get(id);
  }

  /** How its last run in this session ended, null before. */
  lastRun(id: CellId): ReadonlySignal<CellRun | null> {
    return this.#runSignal(id);
  }

  /** Shows a notebook: cells that are the same objects as before change no signal. Returns those that have gone. */
  show(notebook: Notebook): readonly CellId[] {
    const before = this.#shown.peek();
    if (notebook === before) return [];
    let gone: readonly CellId[] = [];
    batch(() => {
      this.#shown.value = notebook;
      this.#metadata.value = notebook.metadata;
      for (const cell of notebook.cells) this.#showCell(cell);
      if (!sameOrder(before.cells, notebook.cells)) {
        this.#order.value = notebook.cells.map((cell) => cell.id);
        const kept = new Set(this.#order.value);
        gone = before.cells.map((cell) => cell.id).filter((id) => !kept.has(id));
        this.selection.keepWithin(before.cells.map((cell) => cell.id));
      }
    });
    for (const id of gone) this.#cells.delete(id);
    return gone;
  }

  ready(snapshot: Snapshot): void {
    batch(() => {
      this.#load.value = { at: "ready" };
      this.setDocument(snapshot.document);
      this.setKernel(snapshot.kernel);
      this.setRun(snapshot.run);
      this.#input.value = snapshot.input;
    });
  }

  failed(message: string, kind: string, line: number): void {
    this.#load.value = { at: "failed", message, kind, line };
  }

  loading(): void {
    this.#load.value = { at: "loading" };
  }

  setDocument(status: DocumentStatus): void {
    this.#document.value = status;
  }

  setKernel(status: KernelStatus): void {
    this.#kernel.value = status;
    if (status.state !== "busy") this.#interrupting.value = false;
  }

  setRun(status: RunStatus): void {
    const cell = status.running;
    const source = this.#cells.get(cell ?? "")?.peek().source ?? "";
    if (cell !== null && this.#running?.cell !== cell) this.#running = { cell, source };
    this.#run.value = status;
  }

  setInterrupting(on: boolean): void {
    this.#interrupting.value = on;
  }

  setWaiting(cells: readonly CellId[]): void {
    this.#waiting.value = cells;
  }

  setInput(input: InputRequest | null): void {
    this.#input.value = input;
  }

  setConnection(connection: Connection): void {
    this.#connection.value = connection;
  }

  setUnconfirmed(unconfirmed: boolean): void {
    this.#unconfirmed.value = unconfirmed;
  }

  finished(told: Finished): void {
    const { cell, seconds } = told;
    const ran = this.#running?.cell === cell ? this.#running : null;
    const status = told.status === "aborted" && ran !== null ? "interrupted" : told.status; // by a restart of its kernel
    this.#lastFinished.value = { cell, status, seconds };
    if (ran !== null) this.#running = null;
    if (status === "skipped" || status === "aborted" || status === "unknown") return;
    this.#runSignal(cell).value = { status, seconds, source: ran?.source ?? this.cell(cell)?.peek().source ?? "" };
    this.#hasRun.value = true;
    const place = (this.places.peek().get(cell) ?? 0) + 1;
    this.announce(runSentence(place, status, this.errorOf(cell)), status !== "ok");
  }

  notify(message: string): void {
    this.#notice.value = { message };
    this.announce(message, true);
  }

  dismissNotice(): void {
    this.#notice.value = null;
  }

  announce(text: string, isUrgent = false): void {
    this.#announced.value = { text, isUrgent };
  }

  /** Shows a markdown cell as text (or none of them). */
  showText(id: CellId | null): void {
    this.#editedText.value = id;
  }

  /** The name of the error among a cell's outputs, or empty. */
  errorOf(id: CellId): string {
    const outputs = this.#cells.get(id)?.peek().outputs;
    const error = outputs?.findLast((output) => output.output_type === "error");
    return error?.output_type === "error" ? error.ename : "";
  }

  #showCell(cell: Cell): void {
    const known = this.#cells.get(cell.id);
    if (known !== undefined) known.value = cell;
    else this.#cells.set(cell.id, signal(cell));
  }

  #runSignal(id: CellId): Signal<CellRun | null> {
    let run = this.#runs.get(id);
    if (run === undefined) this.#runs.set(id, (run = signal<CellRun | null>(null)));
    return run;
  }
}

function sameOrder(one: readonly Cell[], other: readonly Cell[]): boolean {
  return one.length === other.length && one.every((cell, index) => cell.id === other[index]?.id);
}
