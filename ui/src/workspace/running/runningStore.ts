/**
 * The kernels that run, and what can be done to them from the panel.
 *
 * The list is read when the panel is shown and after each action; nothing polls. What fails is a sentence in `problem`.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { sentenceOf } from "../../i18n/sentenceOf";

export type KernelState = "starting" | "idle" | "busy" | "restarting" | "dead" | "unknown";

export interface RunningKernel {
  readonly sessionId: string;
  readonly kernelId: string;
  /** The notebook's path. */
  readonly path: string;
  readonly displayName: string;
  readonly state: KernelState;
}

/** A kernel that an earlier run of the program has left, and that nobody has. */
export interface LeftKernel {
  readonly name: string;
  /** Empty: it is of a newer version of the program. */
  readonly displayName: string;
  /** The names of its notebooks. */
  readonly notebooks: readonly string[];
  /** Bytes; 0: not known. */
  readonly memory: number;
  /** The last part of the path of the folder that was served; empty: not known. */
  readonly folder: string;
  /** When it was started. */
  readonly since: Date | null;
  /** Whether a cell was running when it was left. */
  readonly runs: boolean;
  /** What can be done with it: those on another machine, and those of a later version, are only listed. */
  readonly reach: "reachable" | "unreachable" | "elsewhere" | "later";
}

export type LeftAction = "takeOver" | "end";

export interface RunningApi {
  left(): Promise<readonly LeftKernel[]>;
  takeOver(name: string): Promise<void>;
  end(name: string): Promise<void>;
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
  readonly #left = signal<readonly LeftKernel[]>([]);
  readonly #pending = signal<ReadonlySet<string>>(new Set());
  readonly #problem = signal("");
  #asked = 0;

  constructor(api: RunningApi) {
    this.#api = api;
  }

  get list(): ReadonlySignal<RunningList> {
    return this.#list;
  }
  /** Kernels that nobody has. */
  get left(): ReadonlySignal<readonly LeftKernel[]> {
    return this.#left;
  }
  /** Sessions, and kernels that nobody has, for which an action is under way. */
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
      const [kernels, left] = await Promise.all([this.#api.list(), this.#api.left()]);
      if (asked !== this.#asked) return;
      this.#list.value = { at: "ready", kernels };
      this.#left.value = left;
    } catch (error) {
      if (asked === this.#asked) this.#list.value = { at: "failed", message: sentenceOf(error) };
    }
  }

  /** Does something to a kernel and reads the list again; a second press while it is under way does nothing. */
  act(action: RunningAction, kernel: RunningKernel): Promise<void> {
    const { sessionId, kernelId } = kernel;
    return this.#once(sessionId, () =>
      action === "shutDown" ? this.#api.shutDown(sessionId) : this.#api[action](kernelId),
    );
  }

  /** The same for a kernel that nobody has. */
  actOnLeft(action: LeftAction, kernel: LeftKernel): Promise<void> {
    return this.#once(kernel.name, () => this.#api[action](kernel.name));
  }

  async #once(id: string, deed: () => Promise<void>): Promise<void> {
    if (this.#pending.value.has(id)) return;
    this.#pending.value = new Set([...this.#pending.value, id]);
    this.#problem.value = "";
    try {
      await deed();
    } catch (error) {
      this.#problem.value = sentenceOf(error);
    }
    this.#pending.value = new Set([...this.#pending.value].filter((other) => other !== id));
    await this.refresh();
  }
}
