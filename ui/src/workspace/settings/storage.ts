/**
 * A small place for what the page remembers between visits.
 *
 * The browser may refuse storage (private windows, a file origin, quota): then values live as long as
 * the page, and nothing fails. Values are JSON; what cannot be read back is as if it were not there.
 */

export interface Storage {
  /** The stored value, or `null` when there is none that can be read. The caller parses it. */
  read(key: string): unknown;
  /** Keeps a value that JSON can hold; `undefined` forgets it. */
  write(key: string, value: unknown): void;
  /** Calls back when another window has written that key. */
  follow(key: string, changed: () => void): void;
}

/** The part of the browser's own storage that is needed. */
export type Backing = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "adrastea.";

/**
 * Storage over what the browser has; `backing` is asked each time, for it may throw or be absent. `page` hears of what
 * other windows write.
 */
export function createStorage(backing: () => Backing | null, page?: Window): Storage {
  const memory = new Map<string, string>();

  function read(key: string): unknown {
    const text = memory.get(key) ?? readBacking(backing, PREFIX + key);
    if (text === null) return null;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  }

  function write(key: string, value: unknown): void {
    const text = value === undefined ? undefined : JSON.stringify(value);
    try {
      const store = backing();
      if (store === null) throw new Error("no storage");
      if (text === undefined) store.removeItem(PREFIX + key);
      else store.setItem(PREFIX + key, text);
      memory.delete(key);
    } catch {
      if (text === undefined) memory.delete(key);
      else memory.set(key, text);
    }
  }

  function follow(key: string, changed: () => void): void {
    page?.addEventListener("storage", (event) => {
      if (event.key === PREFIX + key && !memory.has(key)) changed();
    });
  }

  return { read, write, follow };
}

function readBacking(backing: () => Backing | null, key: string): string | null {
  try {
    return backing()?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** What outlives the window, where the browser allows it. */
export function localStore(): Storage {
  return createStorage(() => globalThis.localStorage, globalThis.window);
}

/** What outlives a reload of this window only. */
export function sessionStore(): Storage {
  return createStorage(() => globalThis.sessionStorage);
}
