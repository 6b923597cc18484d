import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ReconnectingSocket } from "./socket";

class Wire {
  static all: Wire[] = [];
  static get last(): Wire {
    return Wire.all.at(-1)!;
  }
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: unknown[] = [];

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {
    Wire.all.push(this);
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    return undefined;
  }
}

let socket: ReconnectingSocket;
let said: string[];
let wanted: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  Wire.all = [];
  said = [];
  wanted = true;
  socket = new ReconnectingSocket(
    () => "http://h/api",
    {
      opened: () => said.push("opened"),
      message: (data) => said.push(typeof data === "string" ? data : "bytes"),
      refused: (code, reason) => said.push(`refused ${code} ${reason}`),
      isWanted: () => wanted,
    },
    ["v1"],
  );
});

afterEach(() => {
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the address becomes that of a socket, with the protocols", () => {
  expect([Wire.last.url, Wire.last.protocols]).toEqual(["ws://h/api", ["v1"]]);
});

test("nothing is sent before it is open", () => {
  expect(socket.send("x")).toBe(false);
  Wire.last.onopen?.();
  expect(socket.send("y")).toBe(true);
  expect(Wire.last.sent).toEqual(["y"]);
});

test("it tries again at growing distances, and counts the seconds down", () => {
  const distances: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const before = Wire.all.length;
    Wire.last.onclose?.({ code: 1006, reason: "" });
    let waited = 0;
    while (Wire.all.length === before) {
      vi.advanceTimersByTime(250);
      waited += 250;
    }
    distances.push(waited);
  }
  expect(distances).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  Wire.last.onclose?.({ code: 1006, reason: "" });
  expect(socket.state.value).toEqual({ at: "waiting", seconds: 8 });
  vi.advanceTimersByTime(3_000);
  expect(socket.state.value).toEqual({ at: "waiting", seconds: 5 });
});

test("a message makes the distances short again, opening alone does not", () => {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    Wire.last.onopen?.();
    Wire.last.onclose?.({ code: 1013, reason: "" });
    vi.advanceTimersByTime(10_000);
  }
  Wire.last.onopen?.();
  Wire.last.onmessage?.({ data: "hello" });
  Wire.last.onclose?.({ code: 1006, reason: "" });
  expect(socket.state.value).toEqual({ at: "waiting", seconds: 0.25 });
});

test("a refusal is final until somebody asks", () => {
  Wire.last.onclose?.({ code: 4404, reason: "NotFound" });
  vi.advanceTimersByTime(60_000);
  expect([socket.state.value.at, said, Wire.all.length]).toEqual(["closed", ["refused 4404 NotFound"], 1]);
  socket.retryNow();
  expect(Wire.all).toHaveLength(2);
});

test("what nobody wants any more is not tried again", () => {
  wanted = false;
  Wire.last.onclose?.({ code: 1006, reason: "" });
  vi.advanceTimersByTime(60_000);
  expect(Wire.all).toHaveLength(1);
});

test("the network's return is reason enough to try at once", () => {
  Wire.last.onclose?.({ code: 1006, reason: "" });
  globalThis.dispatchEvent(new Event("online"));
  expect(Wire.all).toHaveLength(2);
});

test("a socket that was replaced is not heard any more", () => {
  const old = Wire.last;
  old.onopen?.();
  socket.reconnect();
  vi.advanceTimersByTime(1_000);
  Wire.last.onopen?.();
  old.onmessage?.({ data: "late" });
  old.onclose?.({ code: 1006, reason: "" });
  expect(said).toEqual(["opened", "opened"]);
  expect(socket.state.value.at).toBe("open");
});

test("closed is closed", () => {
  socket.close();
  socket.retryNow();
  vi.advanceTimersByTime(60_000);
  expect(Wire.all).toHaveLength(1);
});
