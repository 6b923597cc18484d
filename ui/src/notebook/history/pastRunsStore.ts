/** The runs of one cell that the server has kept, and the one that is being looked at. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../../i18n/sentenceOf";
import { encodePath, request } from "../../wire/http";
import { outputOf } from "../../wire/outputForm";
import type { Output } from "../../wire/outputs";
import { asList, asNumber, asObject, asText, numberOrNull } from "../../wire/parse";
import type { CellId } from "../model";

const STATUSES = ["ok", "error", "interrupted", "aborted", "died", "unknown"] as const;

export interface PastRun {
  readonly id: string;
  readonly at: Date;
  readonly seconds: number;
  readonly status: (typeof STATUSES)[number];
  readonly count: number | null;
  /** Bytes that the kernel held at the end; null where that is not known. */
  readonly memory: number | null;
  /** Bytes of source and outputs. */
  readonly size: number;
  /** Whether all outputs were kept. */
  readonly whole: boolean;
}

export interface PastRunContent {
  readonly source: string;
  readonly outputs: readonly Output[];
}

export type PastRuns =
  | { readonly at: "closed" }
  | { readonly at: "loading"; readonly cell: CellId }
  | { readonly at: "ready"; readonly cell: CellId; readonly list: readonly PastRun[] }
  | { readonly at: "failed"; readonly cell: CellId; readonly message: string };

export type ChosenRun =
  | { readonly at: "none" }
  | { readonly at: "loading"; readonly run: PastRun }
  | { readonly at: "ready"; readonly run: PastRun; readonly content: PastRunContent }
  | { readonly at: "failed"; readonly run: PastRun; readonly message: string };

export class PastRunsStore {
  readonly #runs = signal<PastRuns>({ at: "closed" });
  readonly #chosen = signal<ChosenRun>({ at: "none" });
  #path = "";

  get runs(): ReadonlySignal<PastRuns> {
    return this.#runs;
  }
  get chosen(): ReadonlySignal<ChosenRun> {
    return this.#chosen;
  }

  /** Shows the runs of a cell of the notebook at a path. */
  async open(path: string, cell: CellId): Promise<void> {
    this.#path = path;
    const asked = { at: "loading", cell } as const;
    this.#runs.value = asked;
    this.#chosen.value = { at: "none" };
    const found = await this.#try(async (): Promise<PastRuns> => {
      const list = await request("GET", `${this.#place()}/cells/${encodeURIComponent(cell)}`, parseRuns);
      return { at: "ready", cell, list };
    });
    if (this.#runs.peek() !== asked) return; // it was closed meanwhile, or is about another cell
    this.#runs.value = "message" in found ? { ...found, cell } : found;
    if (found.at === "ready" && found.list[0] !== undefined) await this.choose(found.list[0]);
  }

  async choose(run: PastRun): Promise<void> {
    const asked = { at: "loading", run } as const;
    this.#chosen.value = asked;
    const found = await this.#try(async (): Promise<ChosenRun> => {
      const content = await request("GET", `${this.#place()}/runs/${encodeURIComponent(run.id)}`, parseContent);
      return { at: "ready", run, content };
    });
    if (this.#chosen.peek() === asked) this.#chosen.value = "message" in found ? { ...found, run } : found;
  }

  close(): void {
    this.#runs.value = { at: "closed" };
    this.#chosen.value = { at: "none" };
  }

  #place(): string {
    return `api/adrastea/runs/${encodePath(this.#path)}`;
  }

  async #try<T>(work: () => Promise<T>): Promise<T | { readonly at: "failed"; readonly message: string }> {
    try {
      return await work();
    } catch (error) {
      return { at: "failed", message: sentenceOf(error) };
    }
  }
}

export function parseRuns(raw: unknown): readonly PastRun[] {
  return asList(raw, "the past runs").map((one) => {
    const fields = asObject(one, "a past run");
    return {
      id: asText(fields["id"], "the run's id"),
      at: new Date(asText(fields["started"], "the run's time")),
      seconds: asNumber(fields["seconds"], "the run's duration"),
      status: STATUSES.find((status) => status === fields["status"]) ?? "unknown",
      count: numberOrNull(fields["execution_count"]),
      memory: numberOrNull(fields["memory"]),
      size: asNumber(fields["size"], "the run's size"),
      whole: fields["whole"] !== false,
    };
  });
}

export function parseContent(raw: unknown): PastRunContent {
  const fields = asObject(raw, "a past run");
  return {
    source: asText(fields["source"], "the run's source"),
    outputs: asList(fields["outputs"], "the run's outputs").map(outputOf),
  };
}
