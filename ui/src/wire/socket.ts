/**
 * One WebSocket that comes back: after a lost connection it tries again, at growing distances, until it is closed on
 * purpose or refused for good. It knows nothing of what is said on it.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type MayBeEarly, openSocket } from "./earlySocket";

export type SocketState =
  | { readonly at: "connecting" }
  | { readonly at: "open" }
  /** Tries again in `seconds`. */
  | { readonly at: "waiting"; readonly seconds: number }
  | { readonly at: "closed" };

export interface SocketEvents extends MayBeEarly {
  /** A connection has been made; the first or another one. */
  opened(): void;
  message(data: string | ArrayBuffer): void;
  /** It was refused for good; `code` is the WebSocket's. */
  refused(code: number, reason: string): void;
  /** Whether a lost connection is worth another try now; always when absent. `retryNow` tries later. */
  isWanted?(): boolean;
}

const DISTANCES = [0.25, 0.5, 1, 2, 4, 8]; // seconds; the last one stays
const REFUSED_FROM = 4400;
const REFUSED_TO = 4499;
const NO_STATUS = 1005;

export class ReconnectingSocket {
  readonly #address: () => string;
  readonly #events: SocketEvents;
  readonly #protocols: readonly string[];
  readonly #state = signal<SocketState>({ at: "connecting" });
  #socket: WebSocket | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** `address` is asked before every try; it may be that of HTTP. An early socket of it is the first one. */
  constructor(address: () => string, events: SocketEvents, protocols: readonly string[] = []) {
    this.#address = address;
    this.#events = events;
    this.#protocols = protocols;
    globalThis.addEventListener("online", this.#online);
    const first = events.early?.take(address()) ?? null;
    this.#connect(first);
    if (first !== null) queueMicrotask(() => events.early?.tell()); // when whoever listens has been made
  }

  get state(): ReadonlySignal<SocketState> {
    return this.#state;
  }

  /** Sends, if the connection is open; tells whether it was. */
  send(data: string | ArrayBuffer): boolean {
    if (this.#socket === null || this.#state.peek().at !== "open") return false;
    this.#socket.send(data);
    return true;
  }

  /** Does not wait for the next try; tries once more what was refused. */
  retryNow(): void {
    const { at } = this.#state.peek();
    if (!this.#ended && (at === "waiting" || at === "closed")) this.#connect();
  }

  /** Gives the connection up and makes another one, after a pause. */
  reconnect(): void {
    if (this.#socket !== null) this.#lost(NO_STATUS, "");
  }

  close(): void {
    this.#ended = true;
    globalThis.removeEventListener("online", this.#online);
    clearTimeout(this.#timer);
    this.#drop();
    this.#state.value = { at: "closed" };
  }

  readonly #online = (): void => this.retryNow();

  #connect(made: WebSocket | null = null): void {
    clearTimeout(this.#timer);
    this.#state.value = { at: "connecting" };
    const socket = made ?? openSocket(this.#address(), this.#protocols);
    this.#socket = socket;
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      this.#state.value = { at: "open" };
      this.#events.opened();
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== this.#socket) return;
      this.#failures = 0; // not when it opens: a server that closes at once must not be asked again at once
      this.#events.message(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event.code, event.reason);
    };
  }

  #lost(code: number, reason: string): void {
    this.#drop();
    if (code >= REFUSED_FROM && code <= REFUSED_TO) {
      this.#state.value = { at: "closed" };
      this.#events.refused(code, reason);
    } else if (this.#events.isWanted?.() === false) {
      this.#state.value = { at: "closed" };
    } else {
      this.#wait(DISTANCES[Math.min(this.#failures++, DISTANCES.length - 1)] ?? 1);
    }
  }

  /** Counts down in steps of a second, so that it can be shown how long it takes. */
  #wait(seconds: number): void {
    this.#state.value = { at: "waiting", seconds };
    const step = Math.min(seconds, 1);
    this.#timer = setTimeout(() => {
      if (seconds > step) this.#wait(seconds - step);
      else this.#connect();
    }, step * 1000);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }
}
