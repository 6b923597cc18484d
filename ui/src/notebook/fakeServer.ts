/**
 * The server's end of the document socket, for tests only: it keeps a notebook by the same edits as the real one,
 * acknowledges them, remembers what else it was asked for, and says what the test wants it to say.
 */
import { apply } from "./edits";
import type { Cell, Notebook } from "./model";
import { editOf, notebookToWire } from "./wireForm";

type Message = Readonly<Record<string, unknown>>;

const IDLE = { session: "s", id: "k", name: "python3", display_name: "Python 3", language: "python" };

export class FakeServer {
  notebook: Notebook;
  kernel: Message = { ...IDLE, state: "idle", message: "", log: "" };
  /** What was asked for besides edits. */
  readonly asked: Message[] = [];
  #page: FakeSocket | null = null;

  constructor(cells: readonly Cell[]) {
    this.notebook = { metadata: {}, cells };
  }

  /** What stands for the browser's `WebSocket`: the page's end, which opens as soon as it has been made. */
  socketClass(): typeof FakeSocket {
    const connect = (page: FakeSocket): void => this.#connect(page);
    const hear = (text: string): void => this.#hear(text);
    return class extends FakeSocket {
      constructor() {
        super();
        this.hear = hear;
        queueMicrotask(() => connect(this));
      }
    };
  }

  say(message: Message): void {
    this.#page?.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The connection breaks. */
  drop(): void {
    const page = this.#page;
    this.#page = null;
    page?.onclose?.({ code: 1006, reason: "" });
  }

  get sources(): readonly string[] {
    return this.notebook.cells.map((cell) => `${cell.cell_type[0] ?? ""}:${cell.source}`);
  }

  #connect(page: FakeSocket): void {
    this.#page = page;
    page.onopen?.();
    this.say({
      type: "snapshot",
      notebook: notebookToWire(this.notebook),
      acked: 0,
      path: "a.ipynb",
      document: { state: "saved", message: "", at: null, path: "a.ipynb", writable: true },
      kernel: this.kernel,
      run: { running: null, queued: [], started_at: null },
      input: null,
    });
  }

  #hear(text: string): void {
    const message = JSON.parse(text) as Message & { readonly edits?: readonly unknown[] };
    if (message["type"] !== "edit") {
      this.asked.push(message);
      return;
    }
    this.notebook = (message.edits ?? []).map(editOf).reduce(apply, this.notebook);
    this.say({ type: "edits", items: [{ ack: message["seq"] }] });
  }
}

/** The part of `WebSocket` that the page uses. */
export class FakeSocket {
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  protected hear: (text: string) => void = () => undefined;

  send(text: string): void {
    this.hear(text);
  }

  close(): void {
    return undefined;
  }
}
