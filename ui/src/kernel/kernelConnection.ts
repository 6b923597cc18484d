/**
 * The kernel socket of one kernel, for what does not go through the document: completions and documentation. It is
 * opened by the first question. A question that a busy kernel does not answer in time gets null, never an error.
 */
import { serverUrl } from "../wire/http";
import { randomId } from "../wire/ids";
import type { JsonObject } from "../wire/json";
import {
  completeRequest,
  type Completions,
  completionsOf,
  inspectionOf,
  inspectRequest,
  type Message,
  messageOf,
  type Origin,
} from "../wire/messages";
import { ReconnectingSocket } from "../wire/socket";
import { decode, encode, type Frame, SUBPROTOCOL } from "../wire/websocketV1";

const PATIENCE = 30_000; // milliseconds: the first answer of a Python loads what knows all of Python; a busy kernel answers later

interface Question {
  readonly data: ArrayBuffer;
  readonly answer: (content: JsonObject | null) => void;
}

export class KernelConnection {
  readonly #origin: Origin = { session: randomId(), username: "adrastea" };
  readonly #address: string;
  readonly #open = new Map<string, Question>();
  #socket: ReconnectingSocket | null = null;

  constructor(kernelId: string) {
    const session = encodeURIComponent(this.#origin.session);
    this.#address = serverUrl(
      `api/kernels/${encodeURIComponent(kernelId)}/channels?iopub=no&session_id=${session}`,
    ).href;
  }

  /** What can stand at the cursor. Offsets count UTF-16 units, here and in the answer. */
  async complete(code: string, cursor: number): Promise<Completions | null> {
    const content = await this.#ask((id) =>
      completeRequest(code, codePoints(code, cursor), id, this.#origin, new Date()),
    );
    const found = content === null ? null : completionsOf(content);
    return found === null ? null : { ...found, start: units(code, found.start), end: units(code, found.end) };
  }

  /** What the name at the cursor is, by mime type. */
  async inspect(code: string, cursor: number): Promise<JsonObject | null> {
    const content = await this.#ask((id) =>
      inspectRequest(code, codePoints(code, cursor), id, this.#origin, new Date()),
    );
    return content === null ? null : inspectionOf(content);
  }

  close(): void {
    this.#socket?.close();
    this.#socket = null;
    for (const question of [...this.#open.values()]) question.answer(null);
  }

  #ask(make: (id: string) => Frame): Promise<JsonObject | null> {
    const id = randomId();
    return new Promise((resolve) => {
      const answer = (content: JsonObject | null): void => {
        clearTimeout(timer);
        this.#open.delete(id);
        resolve(content);
      };
      const timer = setTimeout(() => answer(null), PATIENCE);
      const data = encode(make(id));
      this.#open.set(id, { data, answer });
      const socket = this.#connect();
      if (!socket.send(data)) socket.retryNow(); // it is sent when the socket has opened
    });
  }

  #connect(): ReconnectingSocket {
    this.#socket ??= new ReconnectingSocket(
      () => this.#address,
      {
        opened: () => {
          for (const { data } of this.#open.values()) this.#socket?.send(data);
        },
        message: (data) => {
          const message = typeof data === "string" ? null : messageIn(data);
          if (message?.channel === "shell") this.#open.get(message.parent)?.answer(message.content);
        },
        refused: () => undefined, // the questions end by their patience
        isWanted: () => this.#open.size > 0,
      },
      [SUBPROTOCOL],
    );
    return this.#socket;
  }
}

function messageIn(data: ArrayBuffer): Message | null {
  try {
    return messageOf(decode(data));
  } catch {
    return null; // nobody waits for what cannot be read
  }
}

/** How many code points the first `end` UTF-16 units of a text are. */
function codePoints(text: string, end: number): number {
  let count = 0;
  for (let at = 0; at < end; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
}

/** How many UTF-16 units the first `count` code points of a text are. */
function units(text: string, count: number): number {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left -= 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
