/**
 * The document socket of one open notebook: the user's edits go down, edits and states come up and into the store.
 *
 * What is typed is sent after a pause, and before whatever depends on it, on the same socket. After a lost connection
 * everything that was not acknowledged is sent again. What comes up is applied at most once per frame.
 */
import { serverSays } from "../i18n/language";
import type { Fields } from "../wire/parse";
import { documentSocketUrl } from "../wire/serverUrl";
import { ReconnectingSocket, type SocketEvents } from "../wire/socket";
import { type Refusal, type ServerMessage, serverMessageOf, type Snapshot, type Version } from "./documentMessages";
import type { Edit } from "./edits";
import type { CellId } from "./model";
import type { NotebookStore } from "./notebookStore";
import { Replica } from "./replica";
import { editToWire } from "./wireForm";

const PAUSE = 250; // milliseconds without a key until what was typed is sent
const LONGEST = 1_500; // milliseconds until it is sent while typing goes on
const FRAME = 16; // milliseconds

export interface ConnectionEvents extends Pick<SocketEvents, "early"> {
  /** The notebook that is shown has changed; these cells are no longer in it. `back` as in `overwritten`, or nothing. */
  changed(gone: readonly CellId[], back: readonly Edit[]): void;
  /** Others have overwritten what was here: these edits bring it back. */
  overwritten(back: readonly Edit[]): void;
  /** A snapshot has come; `first` until the notebook has been shown once, `anew` when the connection has. */
  opened(first: boolean, anew: boolean): void;
  /** The server says something about widgets. */
  widget?(said: Fields): void;
}

export class DocumentConnection {
  readonly #store: NotebookStore;
  readonly #events: ConnectionEvents;
  readonly #replica = new Replica();
  readonly #socket: ReconnectingSocket;
  readonly #saves = new Map<number, (saved: boolean) => void>();
  readonly #stopStates: () => void;
  #seq = 0;
  /** Whether this socket has brought its snapshot: before that the server hears nothing. */
  #ready = false;
  #shownOnce = false;
  #refusal: Refusal | null = null;
  readonly #incoming: ServerMessage[] = [];
  #applyTimer: ReturnType<typeof setTimeout> | undefined;
  #appliedAt = -FRAME;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #typingSince: number | null = null;

  constructor(store: NotebookStore, events: ConnectionEvents) {
    this.#store = store;
    this.#events = events;
    this.#socket = new ReconnectingSocket(() => documentSocketUrl(store.document.peek().path), {
      opened: () => this.#restart(),
      message: (data) => this.#hear(data),
      refused: (code, reason) => this.#refused(code, reason),
      early: events.early,
    });
    this.#stopStates = this.#socket.state.subscribe((state) => {
      if (state.at !== "open") this.#lost();
      if (state.at !== "open" || this.#ready) store.setConnection(state);
    });
    globalThis.addEventListener("pagehide", this.#flushNow);
    document.addEventListener("visibilitychange", this.#flushNow);
    globalThis.addEventListener("focus", this.#check);
  }

  get isOpen(): boolean {
    return this.#ready && this.#socket.state.peek().at === "open";
  }

  /** The text of a cell while it is typed. */
  type(cell: CellId, source: string): void {
    this.#replica.type(cell, source);
    this.#shown();
    const now = performance.now();
    this.#typingSince ??= now;
    clearTimeout(this.#sendTimer);
    const wait = Math.max(0, Math.min(PAUSE, this.#typingSince + LONGEST - now));
    this.#sendTimer = setTimeout(this.#flushNow, wait);
  }

  edit(edits: readonly Edit[]): void {
    if (edits.length === 0) return;
    this.#replica.edit(edits);
    this.#shown();
    this.flush();
  }

  /** Sends what was typed, now. */
  flush(): void {
    clearTimeout(this.#sendTimer);
    this.#typingSince = null;
    this.#replica.flush();
    if (!this.isOpen) return;
    for (const { seq, edits } of this.#replica.outgoing(() => ++this.#seq)) {
      this.#say({ type: "edit", seq, edits: edits.map(editToWire) });
    }
  }

  /** Whether the request was sent. */
  run(cells: readonly CellId[]): boolean {
    this.flush();
    return this.#say({ type: "run", cells });
  }

  /** Whether everything up to now is on the disk; false when it could not be written or asked for. */
  save(): Promise<boolean> {
    this.flush();
    const seq = ++this.#seq;
    return new Promise((resolve) => {
      if (!this.#say({ type: "save", seq })) resolve(false);
      else this.#saves.set(seq, resolve);
    });
  }

  overwrite(): void {
    this.flush();
    this.#say({ type: "overwrite" });
  }

  reload(): void {
    this.flush();
    this.#say({ type: "reload" });
  }

  /** Of the versions that there are after a crash or a merge, show this. */
  show(version: Version): void {
    this.flush();
    this.#say({ type: "show", version });
  }

  /** The user trusts the outputs that there are. */
  trust(): void {
    this.flush();
    this.#say({ type: "trust" });
  }

  /** The user has chosen between the versions. */
  settle(): void {
    this.#say({ type: "settle" });
  }

  input(value: string): void {
    this.#say({ type: "input", value });
  }

  clearQueue(): void {
    this.#say({ type: "clear_queue" });
  }

  /** A message about widgets; whether it was sent. */
  sayWidget(message: object): boolean {
    return this.#say(message);
  }

  retryNow(): void {
    if (this.#store.load.peek().at === "failed") this.#store.loading();
    this.#socket.retryNow();
  }

  close(): void {
    this.flush();
    globalThis.removeEventListener("pagehide", this.#flushNow);
    document.removeEventListener("visibilitychange", this.#flushNow);
    globalThis.removeEventListener("focus", this.#check);
    clearTimeout(this.#applyTimer);
    this.#stopStates();
    this.#socket.close();
    this.#endSaves();
  }

  readonly #flushNow = (): void => this.flush();

  /** The user has come back, perhaps from a program that changed the file. */
  readonly #check = (): void => {
    this.flush();
    this.#say({ type: "check" });
  };

  #say(message: object): boolean {
    return this.isOpen && this.#socket.send(JSON.stringify(message));
  }

  #restart(): void {
    this.#seq = 0;
    this.#refusal = null;
  }

  #lost(): void {
    this.#apply(); // what the old socket has said holds, its acknowledgements above all
    this.#ready = false;
    this.#endSaves();
  }

  #endSaves(): void {
    for (const resolve of this.#saves.values()) resolve(false);
    this.#saves.clear();
  }

  /** Collects what comes within a frame; what comes alone is applied at once. */
  #hear(data: string | ArrayBuffer): void {
    try {
      this.#incoming.push(serverMessageOf(typeof data === "string" ? data : ""));
    } catch (error) {
      // Whoever has missed an edit is no longer equal to the server: a new snapshot makes it so again.
      console.error("A message of the server could not be read:", error);
      this.#socket.reconnect();
      return;
    }
    if (this.#applyTimer !== undefined) return;
    const due = this.#appliedAt + FRAME - performance.now();
    if (due <= 0) this.#apply();
    else this.#applyTimer = setTimeout(() => this.#apply(), due);
  }

  #apply(): void {
    clearTimeout(this.#applyTimer);
    this.#applyTimer = undefined;
    const messages = this.#incoming.splice(0);
    if (messages.length === 0) return; // what comes next need not wait
    for (const message of joined(messages)) this.#handle(message);
    this.#appliedAt = performance.now();
  }

  #handle(message: ServerMessage): void {
    switch (message.type) {
      case "snapshot":
        return this.#open(message.snapshot);
      case "edits":
        return this.#shown(this.#replica.confirm(message.items));
      case "document":
        return this.#store.setDocument(message.document);
      case "kernel":
        return this.#store.setKernel(message.kernel);
      case "run":
        return this.#store.setRun(message.run);
      case "finished":
        return this.#store.finished(message.finished);
      case "input":
        return this.#store.setInput(message.input);
      case "saved":
        this.#saves.get(message.seq)?.(true);
        this.#saves.delete(message.seq);
        return;
      case "error":
        return this.#failed(message.refusal);
      case "widget":
        return this.#events.widget?.(message.said);
      case "unknown":
        return;
    }
  }

  #open(snapshot: Snapshot): void {
    if (this.#ready) this.#replica.reset(snapshot.notebook, snapshot.acked);
    else this.#replica.restart(snapshot.notebook);
    const first = !this.#shownOnce;
    const anew = !this.#ready;
    this.#ready = this.#shownOnce = true;
    this.#shown();
    this.#store.ready(snapshot);
    this.#store.setConnection({ at: "open" });
    if (!first) this.#store.dismissNotice(); // what could not be done without a connection can be done again
    this.flush();
    this.#events.opened(first, anew);
  }

  /** `back` are edits that bring back what others have overwritten. */
  #shown(back: readonly Edit[] = []): void {
    const gone = this.#store.show(this.#replica.shown);
    this.#store.setUnconfirmed(this.#replica.hasUnconfirmed);
    this.#events.changed(gone, back);
    if (back.length > 0) this.#events.overwritten(back);
  }

  #failed(refusal: Refusal): void {
    if (!this.#ready) return void (this.#refusal = refusal); // the socket closes behind it
    const { seq, message, kind } = refusal;
    const save = seq === null ? undefined : this.#saves.get(seq);
    if (seq !== null) this.#saves.delete(seq);
    save?.(false);
    if (seq !== null && this.#replica.refused(seq)) this.#shown();
    // What went wrong with the file or the kernel is in their states, and banners say it.
    const byBanner = ["StorageFailed", "ChangedOnDisk"].includes(kind);
    if (!byBanner && !(kind === "Conflict" && this.#store.kernel.peek().state === "dead")) this.#store.notify(message);
  }

  #refused(code: number, reason: string): void {
    this.#apply();
    const { message, kind, line } = this.#refusal ?? { message: serverSays(reason), kind: String(code), line: 0 };
    this.#store.failed(message, kind, line);
  }
}

/** Edits that follow each other become one batch. */
function joined(messages: readonly ServerMessage[]): readonly ServerMessage[] {
  const list: ServerMessage[] = [];
  for (const message of messages) {
    const last = list.at(-1);
    if (last?.type === "edits" && message.type === "edits") {
      list[list.length - 1] = { type: "edits", items: [...last.items, ...message.items] };
    } else list.push(message);
  }
  return list;
}
