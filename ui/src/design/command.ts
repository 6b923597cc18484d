/**
 * One action a user can take, under one name everywhere: menus, buttons, palette, keys and the native
 * window refer to commands by id. The type lives at the bottom of the import order, so that every
 * folder can offer commands to the shell, which owns the registry.
 */

/** When a command's keys act: in a notebook's command mode, in its edit mode, or wherever the focus is. */
export type CommandMode = "command" | "edit" | "always";

export interface Command {
  /** Stable, `<part>.<verb>`: what menus, keys and the native window refer to. */
  readonly id: string;
  /** What a user reads, a verb first; the same words in every place. */
  readonly title: string;
  /** The heading it stands under in the palette and in the keyboard help. */
  readonly category: string;
  /** The name of an icon of `design/Icon.tsx`. */
  readonly icon?: string;
  /** Keys like `Mod+Shift+P`, `Shift+Enter` or the two-key chord `D D`; `Mod` is Ctrl, Cmd on macOS. */
  readonly keys?: readonly string[];
  /** The key by which whatever has the focus does it by itself: shown to the user, and not listened to. */
  readonly nativeKey?: string;
  /** `"always"` when absent. */
  readonly when?: CommandMode;
  /** Whether it can run now; read when it is shown and again when it is run. */
  enabled(): boolean;
  /** Why it would only say so if it ran now: it is shown disabled, with this as its description. Empty where it can. */
  refusal?(): string;
  /** Does it; a rejection is shown to the user as a sentence. */
  run(): void | Promise<void>;
}

/** Whether a command does what it says now. */
export function isReady(command: Command): boolean {
  return command.enabled() && (command.refusal?.() ?? "") === "";
}
