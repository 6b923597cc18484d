/** Events as Backbone has them, which widgets' code is written for: names with spaces between, and a context to leave by. */
export type Callback = (...args: never[]) => unknown;

interface Listener {
  readonly name: string;
  readonly callback: Callback;
  readonly context: unknown;
}

interface Heard {
  readonly from: Events;
  readonly name: string;
  readonly callback: Callback;
}

export class Events {
  #listeners: Listener[] = [];
  #heard: Heard[] = [];

  on(names: string | Readonly<Record<string, Callback>>, callback?: unknown, context?: unknown): this {
    if (typeof names !== "string") {
      for (const [name, own] of Object.entries(names)) this.on(name, own, callback);
    } else if (typeof callback === "function") {
      for (const name of split(names)) this.#listeners.push({ name, callback: callback as Callback, context });
    }
    return this;
  }

  once(names: string, callback: Callback, context?: unknown): this {
    const once = (...args: never[]): void => {
      this.off(names, once);
      callback.apply(context ?? this, args);
    };
    return this.on(names, once, context);
  }

  /** What is not given means all. */
  off(names?: string | null, callback?: Callback | null, context?: unknown): this {
    const among = names == null ? null : split(names);
    this.#listeners = this.#listeners.filter((one) => {
      const isMeant =
        (among === null || among.includes(one.name)) &&
        (callback == null || one.callback === callback) &&
        (context == null || one.context === context);
      return !isMeant;
    });
    return this;
  }

  trigger(names: string, ...args: readonly unknown[]): this {
    for (const name of split(names)) {
      for (const one of [...this.#listeners]) {
        if (one.name === name) one.callback.apply(one.context ?? this, args as never[]);
        else if (one.name === "all") one.callback.apply(one.context ?? this, [name, ...args] as never[]);
      }
    }
    return this;
  }

  listenTo(from: Events, names: string, callback: Callback): this {
    for (const name of split(names)) {
      this.#heard.push({ from, name, callback });
      from.on(name, callback, this);
    }
    return this;
  }

  listenToOnce(from: Events, names: string, callback: Callback): this {
    from.once(names, callback, this);
    return this;
  }

  stopListening(from?: Events | null, name?: string | null, callback?: Callback | null): this {
    for (const one of this.#heard) {
      const isMeant =
        (from == null || one.from === from) &&
        (name == null || one.name === name) &&
        (callback == null || one.callback === callback);
      if (isMeant) one.from.off(one.name, one.callback, this);
    }
    return this;
  }
}

function split(names: string): readonly string[] {
  return names.split(/\s+/).filter((name) => name !== "");
}
