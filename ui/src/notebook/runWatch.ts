/**
 * When a run began and how it ended: from the first cell that runs until none runs or waits any more. The kernel says
 * last that a cell has finished, after the next one was sent; so a run has ended when every cell of it is accounted for.
 */
import type { FinishedStatus, RunStatus } from "./documentMessages";
import type { CellId } from "./model";

export interface RunEnd {
  readonly seconds: number;
  readonly outcome: "done" | "failed" | "interrupted" | "died";
  /** The name of the error; empty where there is none. */
  readonly error: string;
}

export class RunWatch {
  readonly #clock: () => number;
  readonly #open = new Set<CellId>();
  #began: number | null = null;
  #isIdle = true;
  #ended: Omit<RunEnd, "seconds"> = { outcome: "done", error: "" };

  /** `clock` tells milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Which cells run and wait now; the end of the run, if that is it. */
  run({ running, queued }: RunStatus): RunEnd | null {
    this.#isIdle = running === null && queued.length === 0;
    if (running !== null) {
      if (this.#began === null) {
        this.#began = this.#clock();
        this.#ended = { outcome: "done", error: "" };
      }
      this.#open.add(running);
    }
    return this.#end();
  }

  /** A cell has finished; `error` names what it has raised. */
  finished(cell: CellId, status: FinishedStatus, error: string): RunEnd | null {
    if (!this.#open.delete(cell)) return null;
    if (status === "error") this.#ended = { outcome: "failed", error };
    else if (status === "interrupted" || status === "died") this.#ended = { outcome: status, error: "" };
    return this.#end();
  }

  /** The connection is a new one: what ended meanwhile is not known. */
  reset(): void {
    this.#open.clear();
    this.#began = null;
    this.#isIdle = true;
  }

  #end(): RunEnd | null {
    if (this.#began === null || !this.#isIdle || this.#open.size > 0) return null;
    const seconds = (this.#clock() - this.#began) / 1_000;
    this.#began = null;
    return { seconds, ...this.#ended };
  }
}
