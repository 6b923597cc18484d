/**
 * What the native window knows of new versions, and what the user wants to hear of them.
 *
 * The window decides and does (adrastea/desktop/update.py); this only asks it: a while after the page has begun, soon
 * again while it is looking, then every hour. In a browser nobody answers, and nothing is shown.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { After } from "./toastsStore";

export const FIRST = 5000; // milliseconds: after the notebook has come, and has been looked at
export const AGAIN = 1000; // milliseconds, while it is looking
export const REST = 3600000; // milliseconds

export interface Release {
  readonly version: string;
  readonly url: string;
  readonly notes: string;
}

export interface UpdatesTold {
  /** Whether there is anything to choose: not in a browser, not where the feed is switched off. */
  readonly enabled: boolean;
  /** Whether to ask the user if the window may look. */
  readonly ask: boolean;
  readonly weekly: boolean;
  readonly looking: boolean;
  readonly found: Release | null;
}

export const NOTHING: UpdatesTold = { enabled: false, ask: false, weekly: false, looking: false, found: null };

export class UpdatesStore {
  readonly #told = signal(NOTHING);
  readonly #hidden = signal(false);
  readonly #ask: (wish: string, value: string) => Promise<unknown>;
  readonly #after: After;

  constructor(ask: (wish: string, value: string) => Promise<unknown>, after: After) {
    this.#ask = ask;
    this.#after = after;
  }

  get told(): ReadonlySignal<UpdatesTold> {
    return this.#told;
  }
  /** Whether the user has put the notice away for this time. */
  get hidden(): ReadonlySignal<boolean> {
    return this.#hidden;
  }

  begin(): void {
    this.#after(FIRST, () => void this.#look());
  }

  /** The user has said whether the window may look once a week. */
  async choose(weekly: boolean): Promise<void> {
    await this.#wish("look", weekly ? "weekly" : "never");
    if (this.#told.value.looking) this.#after(AGAIN, () => void this.#look());
  }

  /** The user does not want to hear of this version again. */
  async skip(version: string): Promise<void> {
    await this.#wish("skip", version);
  }

  hide(): void {
    this.#hidden.value = true;
  }

  async #look(): Promise<void> {
    await this.#wish("", "");
    this.#after(this.#told.value.looking ? AGAIN : REST, () => void this.#look());
  }

  async #wish(wish: string, value: string): Promise<void> {
    try {
      this.#told.value = readTold(await this.#ask(wish, value));
    } catch {
      // the window is going
    }
  }
}

/** What the window said; nothing where it makes no sense. */
export function readTold(raw: unknown): UpdatesTold {
  if (typeof raw !== "object" || raw === null) return NOTHING;
  const told = raw as Record<string, unknown>;
  return {
    enabled: told["enabled"] === true,
    ask: told["ask"] === true,
    weekly: told["look"] === "weekly",
    looking: told["looking"] === true,
    found: readRelease(told["found"]),
  };
}

function readRelease(raw: unknown): Release | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { version, url, notes } = raw as Record<string, unknown>;
  if (typeof version !== "string" || typeof url !== "string" || typeof notes !== "string") return null;
  return { version, url, notes };
}
