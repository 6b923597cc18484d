/** One package on its way into the environment of the notebook's kernel. It goes on where its output is scrolled away. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type DrawingPackage, installPackage } from "../api/packageInstall";
import { sentenceOf } from "../i18n/sentenceOf";

export type InstallStage =
  | { readonly at: "none" }
  /** What has been printed last. */
  | { readonly at: "working"; readonly line: string }
  | { readonly at: "failed"; readonly message: string }
  | { readonly at: "done" };

export class PackageInstall {
  readonly #kernel: string;
  readonly #name: DrawingPackage;
  readonly #stage = signal<InstallStage>({ at: "none" });
  #work: AbortController | null = null;

  constructor(kernel: string, name: DrawingPackage) {
    this.#kernel = kernel;
    this.#name = name;
  }

  get stage(): ReadonlySignal<InstallStage> {
    return this.#stage;
  }

  async start(): Promise<void> {
    const work = (this.#work = new AbortController());
    const become = (stage: InstallStage): void => {
      if (!work.signal.aborted) this.#stage.value = stage;
    };
    become({ at: "working", line: "" });
    try {
      await installPackage(this.#kernel, this.#name, (line) => become({ at: "working", line }), work.signal);
      become({ at: "done" });
    } catch (error) {
      become({ at: "failed", message: sentenceOf(error) });
    }
  }

  /** Gives it up; the server ends pip. */
  cancel(): void {
    this.#work?.abort();
    this.#stage.value = { at: "none" };
  }
}
