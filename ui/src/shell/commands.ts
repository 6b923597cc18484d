/**
 * The registry of commands: menus, buttons, palette, keys and the native window all come in by `run(id)`.
 *
 * The shell's own commands are always there; those of a document are there while its tab is active. Of two commands
 * with one id the document's wins. A command that fails says so; nothing it throws gets lost.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Command, isReady } from "../design/command";
import { sentenceOf } from "../i18n/sentenceOf";
import type { OwnKeys } from "../workspace/settings/preferences";
import { withOwnKeys } from "./ownKeys";

export type { Command } from "../design/command";

export interface RegistryOptions {
  readonly shell: () => readonly Command[];
  /** Those of the active document. */
  readonly document: () => readonly Command[];
  /** Keys that the user has chosen, by the id of their command. */
  readonly ownKeys?: () => OwnKeys;
  /** Asked before a command runs; `false` leaves it. */
  readonly confirm: (command: Command) => boolean | Promise<boolean>;
  readonly failed: (command: Command, reason: string, error: unknown) => void;
  /** Ids used before, the last one first. */
  readonly used: readonly string[];
  readonly remember: (used: readonly string[]) => void;
}

const USED_LIMIT = 20;

export class CommandRegistry {
  readonly all: ReadonlySignal<readonly Command[]>;
  readonly #options: RegistryOptions;
  readonly #byId: ReadonlySignal<ReadonlyMap<string, Command>>;
  readonly #used = signal<readonly string[]>([]);

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#used.value = options.used;
    this.#byId = computed(() => {
      const found = new Map<string, Command>();
      const all = [...options.document(), ...options.shell()];
      for (const command of withOwnKeys(all, options.ownKeys?.() ?? {})) {
        if (!found.has(command.id)) found.set(command.id, command);
      }
      return found;
    });
    this.all = computed(() => [...this.#byId.value.values()]);
  }

  get used(): ReadonlySignal<readonly string[]> {
    return this.#used;
  }

  find(id: string): Command | undefined {
    return this.#byId.value.get(id);
  }

  canRun(id: string): boolean {
    return this.find(id)?.enabled() ?? false;
  }

  /** Runs a command if it exists and can run now; tells whether it did. Starts at once where nothing is asked. */
  run(id: string): Promise<boolean> {
    const command = this.find(id);
    if (command === undefined || !command.enabled()) return Promise.resolve(false);
    const allowed = isReady(command) ? this.#options.confirm(command) : true; // it will only say why not
    if (typeof allowed === "boolean") return allowed ? this.#start(command) : Promise.resolve(false);
    return allowed.then((yes) => yes && this.#start(command));
  }

  async #start(command: Command): Promise<boolean> {
    try {
      await command.run();
    } catch (error) {
      this.#options.failed(command, sentenceOf(error), error);
    }
    return true;
  }

  /** Notes what was picked by name, for the palette's order. */
  noteUse(id: string): void {
    this.#used.value = [id, ...this.#used.value.filter((other) => other !== id)].slice(0, USED_LIMIT);
    this.#options.remember(this.#used.value);
  }
}
