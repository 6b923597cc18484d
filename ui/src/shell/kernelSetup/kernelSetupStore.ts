/** How somebody comes to have a Python kernel: which Python, which folder, and what is happening. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { EnvironmentWish, PythonKernel, PythonsFound } from "../../api/pythons";
import { failureOf } from "../server";

export interface PythonsApi {
  listPythons(folder: string): Promise<PythonsFound>;
  useAsKernel(python: string): Promise<PythonKernel>;
  makeEnvironment(wish: EnvironmentWish, tell: (line: string) => void, signal: AbortSignal): Promise<PythonKernel>;
}

export type Stage =
  | { readonly at: "form"; readonly problem: string }
  /** The Python is asked what it is. */
  | { readonly at: "asking" }
  /** It has no ipykernel. */
  | { readonly at: "bare"; readonly python: PythonKernel }
  | { readonly at: "working"; readonly since: Date; readonly lines: readonly string[] }
  | { readonly at: "failed"; readonly message: string; readonly lines: readonly string[] };

const MOST_LINES = 500; // of what is printed, the last ones

export class KernelSetupStore {
  readonly #api: () => Promise<PythonsApi>;
  readonly #folder: string;
  readonly #done: (kernel: PythonKernel) => void;
  readonly #stage = signal<Stage>({ at: "form", problem: "" });
  readonly #found = signal<PythonsFound | null>(null);
  #work: AbortController | null = null;

  /** `folder` is that of the workspace which is shown; `done` hears of the kernel that there is then. */
  constructor(api: () => Promise<PythonsApi>, folder: string, done: (kernel: PythonKernel) => void) {
    this.#api = api;
    this.#folder = folder;
    this.#done = done;
  }

  get stage(): ReadonlySignal<Stage> {
    return this.#stage;
  }

  /** `null` until the server has answered. */
  get found(): ReadonlySignal<PythonsFound | null> {
    return this.#found;
  }

  async look(): Promise<void> {
    try {
      this.#found.value = await (await this.#api()).listPythons(this.#folder);
    } catch (error) {
      this.#stage.value = { at: "form", problem: failureOf(error).message };
    }
  }

  async use(python: string): Promise<void> {
    this.#stage.value = { at: "asking" };
    try {
      const kernel = await (await this.#api()).useAsKernel(python.trim());
      if (kernel.name === "") this.#stage.value = { at: "bare", python: kernel };
      else this.#done(kernel);
    } catch (error) {
      this.#stage.value = { at: "form", problem: failureOf(error).message };
    }
  }

  async make(wish: EnvironmentWish): Promise<void> {
    const work = (this.#work = new AbortController());
    let lines: readonly string[] = [];
    const since = new Date();
    this.#stage.value = { at: "working", since, lines };
    const tell = (line: string): void => {
      lines = [...lines.slice(1 - MOST_LINES), line];
      this.#stage.value = { at: "working", since, lines };
    };
    try {
      const kernel = await (await this.#api()).makeEnvironment(wish, tell, work.signal);
      if (!work.signal.aborted) this.#done(kernel);
    } catch (error) {
      if (!work.signal.aborted) this.#stage.value = { at: "failed", message: failureOf(error).message, lines };
    }
  }

  /** Gives up what is being made; the server ends it, and takes away what it has begun. */
  cancel(): void {
    this.#work?.abort();
    this.again();
  }

  again(): void {
    this.#stage.value = { at: "form", problem: "" };
  }
}
