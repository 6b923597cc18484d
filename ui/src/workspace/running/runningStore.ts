/**
 * The kernels that run, and what can be done to them from the panel.
 *
 * The list is read when the panel is shown and after each action; nothing polls. What fails is a sentence in `problem`.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export type KernelState = "starting" | "idle" | "busy" | "restarting" | "dead" | "unknown";

export interface RunningKernel {
  readonly sessionId: string;
  readonly kernelId: string;
  /** The notebook's path. */
  readonly path: string;
  readonly displayName: string;
  readonly state: KernelState;
}

export interface RunningApi {
  list(): Promise<readonly RunningKernel[]>;
  interrupt(kernelId: string): Promise<void>;
  restart(kernelId: string): Promise<void>;
  shutDown(sessionId: string): Promise<void>;
}

export type RunningList =
  | { readonly at: "loading" }
  | { readonly at: "ready"; readonly kernels: readonly RunningKernel[] }
  | { readonly at: "failed"; readonly message: string };

export type RunningAction = "interrupt" | "restart" | "shutDown";

const KNOWN: readonly KernelState[] = ["starting", "idle", "busy", "restarting", "dead"];

/** The state as a server names it; a word that we do not know is “unknown”. */
export function kernelState(raw: string): KernelState {
  return KNOWN.find((state) => state === raw) ?? "unknown";
}

export class RunningStore {
  readonly #api: RunningApi;
  readonly #list = signal<RunningList>({ at: "loading" });
  readonly #pending = signal<ReadonlySet<string>>(new Set());
  readonly #problem = signal("");
  #asked = 0;

  constructor(api: RunningApi) {
    this.#api = api;
  }

  get list(): ReadonlySignal<RunningList> {
    return this.#list;
  }
  /** Sessions for which an action is under way. */
  get pending(): ReadonlySignal<ReadonlySet<string>> {
    return this.#pending;
  }
  /** Why the last action failed, or empty. */
  get problem(): ReadonlySignal<string> {
    return this.#problem;
  }

  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const kernels = await this.#api.list();
      if (asked === this.#asked) this.#list.value = { at: "ready", kernels };
    } catch (error) {
      if (asked === this.#asked) this.#list.value = { at: "failed", message: sentence(error) };
    }
  }

  /** Does something to a kernel and reads the list again; a second press while it is under way does nothing. */
  async act(action: RunningAction, kernel: RunningKernel): Promise<void> {
    if (this.#pending.value.has(kernel.sessionId)) return;
    this.#pending.value = new Set([...this.#pending.value, kernel.sessionId]);
    this.#problem.value = "";
    try {
      if (action === "shutDown") await this.#api.shutDown(kernel.sessionId);
      else await this.#api[action](kernel.kernelId);
    } catch (error) {
      this.#problem.value = sentence(error);
    }
    this.#pending.value = new Set([...this.#pending.value].filter((id) => id !== kernel.sessionId));
    await this.refresh();
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
