/**
 * A WebSocket that is opened before what listens to it has been loaded: the server reads and answers meanwhile. What
 * comes is kept, and told in order to whoever takes the socket over.
 */

/** What is heard of a socket. */
type Heard =
  | { readonly at: "open" }
  | { readonly at: "message"; readonly event: MessageEvent<string | ArrayBuffer> }
  | { readonly at: "close"; readonly event: CloseEvent };

export interface MayBeEarly {
  /** A socket that was opened before this was loaded, perhaps the one that is wanted. */
  readonly early?: EarlySocket | null | undefined;
}

export class EarlySocket {
  readonly #address: string;
  readonly #socket: WebSocket;
  readonly #heard: Heard[] = [];
  #isTaken = false;

  /** `address` may be that of HTTP. */
  constructor(address: string) {
    this.#address = address;
    this.#socket = openSocket(address, []);
    this.#socket.onopen = () => this.#heard.push({ at: "open" });
    this.#socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.#heard.push({ at: "message", event });
    this.#socket.onclose = (event) => this.#heard.push({ at: "close", event });
  }

  /** The socket, for the first who wants one of this address. Its handlers hear the rest after `tell`. */
  take(address: string): WebSocket | null {
    if (this.#isTaken || address !== this.#address) return null;
    this.#isTaken = true;
    return this.#socket;
  }

  /** Tells the handlers that the socket now has what has come until now. */
  tell(): void {
    for (const heard of this.#heard.splice(0)) {
      if (heard.at === "open") this.#socket.onopen?.(new Event("open"));
      else if (heard.at === "message") this.#socket.onmessage?.(heard.event);
      else this.#socket.onclose?.(heard.event);
    }
  }

  /** Nobody will take it any more. */
  drop(): void {
    if (!this.#isTaken) this.#socket.close(1000);
    this.#isTaken = true;
  }
}

/** Begins to open a socket; `address` may be that of HTTP. */
export function openSocket(address: string, protocols: readonly string[]): WebSocket {
  const socket = new WebSocket(address.replace(/^http/, "ws"), [...protocols]);
  socket.binaryType = "arraybuffer";
  return socket;
}
