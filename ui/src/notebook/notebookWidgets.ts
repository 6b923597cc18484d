/** The widgets of one open notebook: what shows them is loaded with the first of them, and hears the document socket. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { JsonObject } from "../wire/json";
import type { Fields } from "../wire/parse";
import type * as WidgetChunk from "../widgets/WidgetRoot";

const PATIENCE = 3_000; // milliseconds

/** What is there when the chunk is. */
export interface ShownWidgets {
  readonly chunk: typeof WidgetChunk;
  readonly store: InstanceType<typeof WidgetChunk.WidgetStore>;
}

export class NotebookWidgets {
  /** Null until they have been loaded. */
  readonly shown: ReadonlySignal<ShownWidgets | null>;
  readonly failed: ReadonlySignal<boolean>;
  readonly #shown = signal<ShownWidgets | null>(null);
  readonly #failed = signal(false);
  readonly #say: (message: object) => boolean;
  readonly #metadata: () => JsonObject;
  readonly #kernel: () => string;
  #loading: Promise<void> | null = null;

  /** `kernel` names the notebook's kernelspec. */
  constructor(say: (message: object) => boolean, metadata: () => JsonObject, kernel: () => string) {
    this.#kernel = kernel;
    this.shown = this.#shown;
    this.failed = this.#failed;
    this.#say = say;
    this.#metadata = metadata;
  }

  /** A widget is to be shown. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      console.error("The widgets could not be loaded", error);
      this.#loading = null;
      this.#failed.value = true;
    });
    return this.#loading;
  }

  /** They are to be shown at once: resolves when they can be, or when that has taken too long. */
  async ready(): Promise<void> {
    await this.load();
    const isComplete = this.#shown.peek()?.store.isComplete;
    if (isComplete === undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      const done = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const stop = isComplete.subscribe((complete) => {
        if (complete) queueMicrotask(done); // it may be called at once, before `stop` is there
      });
    });
  }

  /** The document socket is open (again). */
  connected(): void {
    const store = this.#shown.peek()?.store;
    store?.setSaved(this.#metadata());
    store?.connect();
  }

  /** What the server says about widgets. */
  hear(said: Fields): void {
    try {
      this.#shown.peek()?.store.hear(said);
    } catch (error) {
      console.error("What the server said about widgets could not be read:", error);
    }
  }

  close(): void {
    this.#shown.peek()?.store.close();
  }

  async #load(): Promise<void> {
    const chunk = await import("../widgets/WidgetRoot");
    this.#failed.value = false;
    const store = new chunk.WidgetStore(this.#say, this.#kernel);
    store.setSaved(this.#metadata());
    this.#shown.value = { chunk, store };
    store.connect();
  }
}
