/** One notebook's export that is under way: how far it is, and how it is given up. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface ExportProgress {
  /** Cells. */
  readonly done: number;
  readonly all: number;
}

export class ExportStore {
  readonly #progress = signal<ExportProgress | null>(null);
  #stop: AbortController | null = null;

  /** Null while nothing is exported. */
  get progress(): ReadonlySignal<ExportProgress | null> {
    return this.#progress;
  }

  /**
   * Does the work, one at a time: another one that begins gives up the first. `null` when it was given up; whatever else
   * `work` throws comes out.
   */
  async run<T>(
    all: number,
    work: (told: (done: number) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T | null> {
    this.cancel();
    const stop = (this.#stop = new AbortController());
    const tell = (done: number): void => {
      if (this.#stop === stop) this.#progress.value = { done, all };
    };
    tell(0);
    try {
      return await work(tell, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#stop === stop) this.#end();
    }
  }

  cancel(): void {
    this.#stop?.abort();
    this.#end();
  }

  #end(): void {
    this.#stop = null;
    this.#progress.value = null;
  }
}
