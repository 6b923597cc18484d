import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EarlySocket } from "./earlySocket";
import { ReconnectingSocket } from "./socket";

class Wire {
  static all: Wire[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  isClosed = false;

  constructor(readonly url: string) {
    Wire.all.push(this);
  }
  close(): void {
    this.isClosed = true;
  }
}

const ADDRESS = "http://h/api/documents/socket?path=a.ipynb";
let early: EarlySocket;
let said: string[];
let socket: ReconnectingSocket | null;

beforeEach(() => {
  vi.stubGlobal("WebSocket", Wire);
  Wire.all = [];
  said = [];
  socket = null;
  early = new EarlySocket(ADDRESS);
});

afterEach(() => {
  socket?.close();
  vi.unstubAllGlobals();
});

function wire(): Wire {
  return Wire.all[0]!;
}

/** Somebody opens the address, and hears what is said until now. */
async function opened(address: string): Promise<void> {
  socket = new ReconnectingSocket(() => address, {
    opened: () => said.push("opened"),
    message: (data) => said.push(typeof data === "string" ? data : "bytes"),
    refused: (code, reason) => said.push(`refused ${code} ${reason}`),
    early,
  });
  expect(said).toEqual([]); // nothing before whoever listens has been made
  await Promise.resolve();
}

test("what has come before is told in order to who takes the socket over, and then what comes", async () => {
  wire().onopen?.();
  wire().onmessage?.({ data: "one" });
  await opened(ADDRESS);
  wire().onmessage?.({ data: "two" });
  expect([wire().url, said, Wire.all.length]).toEqual([ADDRESS.replace("http", "ws"), ["opened", "one", "two"], 1]);
});

test("one that has not opened yet is taken over all the same", async () => {
  await opened(ADDRESS);
  wire().onopen?.();
  expect([said, Wire.all.length]).toEqual([["opened"], 1]);
});

test("a refusal that came early is a refusal", async () => {
  wire().onopen?.();
  wire().onclose?.({ code: 4404, reason: "There is no such file." });
  await opened(ADDRESS);
  expect(said).toEqual(["opened", "refused 4404 There is no such file."]);
});

test("who wants another address gets a socket of its own, and this one is closed when nobody wants it", async () => {
  await opened("http://h/api/documents/socket?path=b.ipynb");
  early.drop();
  expect([Wire.all.length, wire().isClosed]).toEqual([2, true]);
});

test("it is there for one only, whose it is: letting go of it closes nothing", async () => {
  await opened(ADDRESS);
  early.drop();
  expect([early.take(ADDRESS), wire().isClosed]).toEqual([null, false]);
});
