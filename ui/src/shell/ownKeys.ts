/**
 * The keys that the user has chosen for commands: what there is to choose for, what a choice would collide with, and
 * the choices themselves, which the preferences keep.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Command } from "../design/command";
import type { KeyRow } from "../workspace/settings/keyRow";
import type { OwnKeys } from "../workspace/settings/preferences";
import { bindingsOf, type Binding } from "./keymap";
import { parseKeys } from "./keys";

/** The commands with the keys that were chosen for them. */
export function withOwnKeys(commands: readonly Command[], own: OwnKeys): readonly Command[] {
  return commands.map((command) => {
    const keys = Object.hasOwn(own, command.id) ? own[command.id] : undefined;
    return keys === undefined ? command : { ...command, keys };
  });
}

export class KeySettings {
  readonly #commands: () => readonly Command[];
  readonly #own: ReadonlySignal<OwnKeys>;
  readonly #set: (own: OwnKeys) => void;

  readonly rows: ReadonlySignal<readonly KeyRow[]>;

  /** `commands` are all that can have keys, with those that they bring themselves. */
  constructor(commands: () => readonly Command[], own: ReadonlySignal<OwnKeys>, set: (own: OwnKeys) => void) {
    this.#commands = commands;
    this.#own = own;
    this.#set = set;
    this.rows = computed(() => {
      const seen = new Map<string, Command>();
      for (const command of withOwnKeys(commands(), own.value))
        if (!seen.has(command.id)) seen.set(command.id, command);
      return [...seen.values()].map(({ id, title, category, keys = [] }) => {
        return { id, title, category, keys, isOwn: Object.hasOwn(own.value, id) };
      });
    });
  }

  /** The titles of other commands that the same keys mean where this one acts. */
  conflicts(id: string, keys: string): readonly string[] {
    return this.#rivals(id, keys).map((command) => command.title);
  }

  /** Gives a command these keys alone, and takes them from all others that have them where it acts. */
  choose(id: string, keys: string): void {
    const own: Record<string, readonly string[]> = { ...this.#own.peek(), [id]: [keys] };
    const same = parseKeys(keys);
    for (const rival of this.#rivals(id, keys)) {
      own[rival.id] = (rival.keys ?? []).filter((one) => !collide(parseKeys(one), same));
    }
    this.#set(own);
  }

  /** Leaves a command without keys. */
  clear(id: string): void {
    this.#set({ ...this.#own.peek(), [id]: [] });
  }

  /** Back to the keys that the command brings. */
  reset(id: string): void {
    const { [id]: _, ...others } = this.#own.peek();
    this.#set(others);
  }

  resetAll(): void {
    this.#set({});
  }

  #rivals(id: string, keys: string): readonly Command[] {
    const commands = withOwnKeys(this.#commands(), this.#own.peek());
    const command = commands.find((one) => one.id === id);
    const [wanted] = command === undefined ? [] : bindingsOf([{ ...command, keys: [keys] }]);
    if (wanted === undefined) return [];
    const seen = new Set([id]);
    return commands.filter((other) => {
      if (seen.has(other.id)) return false;
      seen.add(other.id);
      return bindingsOf([other]).some((binding) => meet(binding, wanted));
    });
  }
}

/** Whether both may be meant by the same press in the same place. */
function meet(one: Binding, other: Binding): boolean {
  const isSamePlace = one.mode === other.mode || one.mode === "always" || other.mode === "always";
  return isSamePlace && collide(one.strokes, other.strokes);
}

/** The same keys, or the one the beginning of the other: then the longer one could never be finished. */
function collide(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).join(" ") === other.slice(0, length).join(" ");
}
