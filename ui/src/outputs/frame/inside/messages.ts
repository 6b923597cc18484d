/** The messages of a module in the frame: kept until it listens, then handed over in order. */
import type { Appearance, FromFrame, ModuleFrame } from "../protocol";
import type { Session } from "./show";

type Hear = Parameters<ModuleFrame["listen"]>[0];

export class Messages {
  readonly #tell: (message: FromFrame) => void;
  #waiting: (readonly [data: unknown, buffers: readonly ArrayBuffer[]])[] = [];
  #hear: Hear | null = null;

  constructor(tell: (message: FromFrame) => void) {
    this.#tell = tell;
  }

  receive(data: unknown, buffers: readonly ArrayBuffer[]): void {
    if (this.#hear === null) this.#waiting.push([data, buffers]);
    else this.#hear(data, buffers);
  }

  /** What a module gets, but for its element and value. */
  session(appearance: () => Appearance): Session {
    return {
      appearance,
      send: (data, buffers = []) => this.#tell({ type: "message", data, buffers }),
      listen: (hear) => {
        this.#hear = hear;
        for (const [data, buffers] of this.#waiting.splice(0)) hear(data, buffers);
      },
    };
  }
}
