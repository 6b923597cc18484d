/**
 * Looks for one regular expression in texts without holding up the page: in a thread that is ended when it has said
 * nothing for too long. What the page and the thread say to each other, and the page's end of it.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Hit } from "./query";

export interface LookRequest {
  readonly source: string;
  readonly flags: string;
  /** Hits in one text, at most. */
  readonly limit: number;
  readonly texts: readonly { readonly id: number; readonly text: string }[];
}

export interface LookAnswer {
  readonly answers: readonly { readonly id: number; readonly hits: readonly Hit[] }[];
}

export interface LookThread {
  ask(request: LookRequest): void;
  end(): void;
}

export type StartThread = (heard: (answer: LookAnswer) => void) => LookThread;

/** How far it is: of so many texts so many are done. `tooLong` and `cancelled`: it looks no more. */
export type Looking =
  | { readonly at: "idle" | "tooLong" | "cancelled" }
  | { readonly at: "looking"; readonly done: number; readonly total: number };

const TOO_LONG = 2_000; // milliseconds without a word: usual expressions take some for a whole notebook

/** A Web Worker, from a file of ours as the content security policy asks for. */
export const startWorker: StartThread = (heard) => {
  const worker = new Worker(new URL("./lookWorker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<LookAnswer>) => heard(data);
  return { ask: (request) => worker.postMessage(request), end: () => worker.terminate() };
};

type Told = (hits: readonly Hit[] | null) => void;

export class Looker {
  readonly #regex: RegExp;
  readonly #limit: number;
  readonly #start: StartThread;
  readonly #looking = signal<Looking>({ at: "idle" });
  readonly #waiting = new Map<number, Told>();
  #thread: LookThread | null = null;
  #texts: LookRequest["texts"][number][] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #total = 0;
  #last = 0;

  constructor(regex: RegExp, limit: number, start: StartThread) {
    this.#regex = regex;
    this.#limit = limit;
    this.#start = start;
  }

  get looking(): ReadonlySignal<Looking> {
    return this.#looking;
  }

  /** Where it stands in a text; null when it looks no more. */
  ask(text: string): Promise<readonly Hit[] | null> {
    const { at } = this.#looking.peek();
    if (at === "tooLong" || at === "cancelled") return Promise.resolve(null);
    return new Promise((told) => {
      const id = ++this.#last;
      this.#waiting.set(id, told);
      if (this.#texts.push({ id, text }) === 1) queueMicrotask(() => this.#send());
    });
  }

  cancel(): void {
    this.#end("cancelled");
  }

  #send(): void {
    const texts = this.#texts;
    this.#texts = [];
    if (texts.length === 0) return;
    this.#thread ??= this.#start((answer) => this.#heard(answer));
    if (this.#looking.peek().at === "idle") this.#total = 0;
    this.#total += texts.length;
    this.#thread.ask({ source: this.#regex.source, flags: this.#regex.flags, limit: this.#limit, texts });
    this.#goOn();
  }

  #heard({ answers }: LookAnswer): void {
    for (const { id, hits } of answers) {
      const told = this.#waiting.get(id);
      this.#waiting.delete(id);
      told?.(hits);
    }
    this.#goOn();
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) {
      this.#looking.value = { at: "idle" };
      return;
    }
    this.#looking.value = { at: "looking", done: this.#total - this.#waiting.size, total: this.#total };
    this.#timer = setTimeout(() => this.#end("tooLong"), TOO_LONG);
  }

  #end(at: "tooLong" | "cancelled"): void {
    clearTimeout(this.#timer);
    this.#thread?.end();
    this.#thread = null;
    this.#texts = [];
    this.#looking.value = { at };
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const told of waiting) told(null);
  }
}
