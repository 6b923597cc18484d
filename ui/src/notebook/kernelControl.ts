/** The kernel of one notebook: starting, running cells on it, and Jupyter's REST calls. */
import { effect } from "@preact/signals";
import { changeKernel, interruptKernel, restartKernel, shutdownSession, startSession } from "../api/sessions";
import { notebookText } from "../i18n/notebook";
import { sentenceOf } from "../i18n/sentenceOf";
import { KernelConnection } from "../kernel/kernelConnection";
import type { JsonObject } from "../wire/json";
import type { Completions } from "../wire/messages";
import type { DocumentConnection } from "./documentConnection";
import type { CellId } from "./model";
import type { NotebookStore } from "./notebookStore";

const { notices } = notebookText;

export class KernelControl {
  readonly #store: NotebookStore;
  readonly #document: DocumentConnection;
  readonly #stop: () => void;
  #kernel: { readonly id: string; readonly connection: KernelConnection } | null = null;
  #starting: Promise<void> | null = null;

  constructor(store: NotebookStore, document: DocumentConnection) {
    this.#store = store;
    this.#document = document;
    this.#stop = effect(() => {
      const kernel = store.kernel.value;
      const open = store.connection.value.at === "open";
      if (this.#kernel !== null && this.#kernel.id !== kernel.id) this.#forget();
      if (kernel.id !== null && kernel.state !== "dead" && open) this.#runWaiting();
      else if (kernel.state === "dead" || kernel.message !== "") store.setWaiting([]);
    });
  }

  /** Runs cells with the text that they have now. Where there is no kernel yet, one is started first. */
  run(cells: readonly CellId[]): void {
    const { id, state } = this.#store.kernel.peek();
    if (cells.length === 0) return;
    // A banner says both as long as it is so.
    if (!this.#document.isOpen) this.#store.announce(notices.offlineRun, true);
    else if (state === "dead") this.#store.announce(notices.dead, true);
    else if (id !== null) this.#document.run(cells);
    else {
      this.#document.flush();
      this.#store.setWaiting([...new Set([...this.#store.waiting.peek(), ...cells])]);
      if (state !== "starting") void this.start();
    }
  }

  /** A kernel for a notebook that has none. What goes wrong is said where the kernel is shown. */
  start(name?: string): Promise<void> {
    this.#starting ??= this.#start(name).finally(() => (this.#starting = null));
    return this.#starting;
  }

  async interrupt(): Promise<void> {
    const { id } = this.#store.kernel.peek();
    if (id === null) return;
    this.#store.setInterrupting(true);
    await interruptKernel(id).catch((error: unknown) => {
      this.#store.setInterrupting(false);
      throw error;
    });
  }

  async restart(): Promise<void> {
    const { id } = this.#store.kernel.peek();
    if (id === null) await this.start();
    else await restartKernel(id);
  }

  async change(name: string): Promise<void> {
    const { session, id } = this.#store.kernel.peek();
    if (session !== null && id !== null) await changeKernel(session, name);
    else await this.start(name);
  }

  async shutdown(): Promise<void> {
    const { session, id } = this.#store.kernel.peek();
    if (session !== null && id !== null) await shutdownSession(session);
  }

  /** Null while the kernel cannot tell. */
  async complete(code: string, cursor: number): Promise<Completions | null> {
    return (await this.#asked()?.complete(code, cursor)) ?? null;
  }

  /** What is known of the name at the cursor, by mime type; null when nothing is, or while the kernel cannot tell. */
  async inspect(code: string, cursor: number): Promise<JsonObject | null> {
    return (await this.#asked()?.inspect(code, cursor)) ?? null;
  }

  close(): void {
    this.#stop();
    this.#forget();
  }

  #asked(): KernelConnection | null {
    const { id, state } = this.#store.kernel.peek();
    if (id === null || state === "dead") return null;
    this.#kernel ??= { id, connection: new KernelConnection(id) };
    return this.#kernel.connection;
  }

  async #start(name?: string): Promise<void> {
    try {
      await startSession(this.#store.document.peek().path, name);
    } catch (error) {
      this.#store.setWaiting([]);
      const message = sentenceOf(error);
      // The server tells it with the kernel's log, to every view; this is for when it could not be asked.
      if (this.#store.kernel.peek().message === "") this.#store.notify(message);
    }
  }

  #runWaiting(): void {
    const cells = this.#store.waiting.peek();
    if (cells.length === 0) return;
    this.#store.setWaiting([]);
    this.#document.run(cells);
  }

  #forget(): void {
    this.#kernel?.connection.close();
    this.#kernel = null;
  }
}
