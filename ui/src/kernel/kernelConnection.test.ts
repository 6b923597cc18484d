import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonObject } from "../wire/json";
import { decode, encode, SUBPROTOCOL } from "../wire/websocketV1";
import { KernelConnection } from "./kernelConnection";

/** The kernel's end of the socket is the test. */
class Wire {
  static all: Wire[] = [];
  static get last(): Wire {
    return Wire.all.at(-1)!;
  }
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: { readonly header: JsonObject; readonly content: JsonObject }[] = [];

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {
    Wire.all.push(this);
  }
  send(data: ArrayBuffer): void {
    const { header, content } = decode(data);
    this.sent.push({ header: JSON.parse(header) as JsonObject, content: JSON.parse(content) as JsonObject });
  }
  close(): void {
    return undefined;
  }
  answers(place: number, content: JsonObject, channel: "shell" | "iopub" = "shell"): void {
    const header = JSON.stringify({ msg_type: "complete_reply" });
    const parentHeader = JSON.stringify(this.sent[place]?.header);
    const data = encode({
      channel,
      header,
      parentHeader,
      metadata: "{}",
      content: JSON.stringify(content),
      buffers: [],
    });
    this.onmessage?.({ data });
  }
}

let connection: KernelConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  Wire.all = [];
  connection = new KernelConnection("k/1");
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("nothing is opened before the first question", async () => {
  expect(Wire.all).toEqual([]);
  const answer = connection.complete("os.ge", 5);
  expect([Wire.last.url, Wire.last.protocols]).toEqual([
    expect.stringMatching(/api\/kernels\/k%2F1\/channels\?iopub=no&session_id=[0-9a-f]{32}$/),
    [SUBPROTOCOL],
  ]);
  connection.close();
  expect(await answer).toBeNull();
});

test("a completion is asked for and answered", async () => {
  const answer = connection.complete("os.ge", 5);
  Wire.last.onopen?.();
  expect(Wire.last.sent).toMatchObject([
    { header: { msg_type: "complete_request", version: "5.4" }, content: { code: "os.ge", cursor_pos: 5 } },
  ]);
  Wire.last.answers(0, { status: "ok", matches: ["os.getcwd"], cursor_start: 0, cursor_end: 5 });
  expect(await answer).toMatchObject({ matches: ["os.getcwd"], start: 0, end: 5 });
});

test("the kernel counts code points and the page counts UTF-16 units", async () => {
  const code = "'😀'; é = os.ge";
  const answer = connection.complete(code, code.length);
  Wire.last.onopen?.();
  expect(Wire.last.sent[0]?.content["cursor_pos"]).toBe(code.length - 1);
  Wire.last.answers(0, { status: "ok", matches: ["os.getcwd"], cursor_start: 9, cursor_end: code.length - 1 });
  expect(await answer).toMatchObject({ matches: ["os.getcwd"], start: 10, end: code.length });
});

test("answers find their questions, whatever their order", async () => {
  const first = connection.complete("a", 1);
  Wire.last.onopen?.();
  const second = connection.complete("b", 1);
  const reply = (name: string): JsonObject => ({ status: "ok", matches: [name], cursor_start: 0, cursor_end: 1 });
  Wire.last.answers(1, reply("bb"));
  Wire.last.answers(0, reply("aa"), "iopub"); // not an answer
  Wire.last.answers(0, reply("aa"));
  expect([(await first)?.matches, (await second)?.matches]).toEqual([["aa"], ["bb"]]);
});

test("documentation comes by mime type, and nothing is null", async () => {
  const known = connection.inspect("print", 5);
  Wire.last.onopen?.();
  const unknown = connection.inspect("nothing", 7);
  Wire.last.answers(0, { status: "ok", found: true, data: { "text/plain": "Prints." } });
  Wire.last.answers(1, { status: "ok", found: false, data: {} });
  expect([await known, await unknown]).toEqual([{ "text/plain": "Prints." }, null]);
});

test("an error of the kernel is no answer", async () => {
  const answer = connection.complete("a", 1);
  Wire.last.onopen?.();
  Wire.last.answers(0, { status: "error", ename: "E", evalue: "", traceback: [] });
  expect(await answer).toBeNull();
});

test("a kernel that does not answer is given up", async () => {
  const answer = connection.complete("a", 1);
  Wire.last.onopen?.();
  vi.advanceTimersByTime(60_000);
  expect(await answer).toBeNull();
});

test("a question outlives a lost connection, and none is made again without one", () => {
  void connection.complete("a", 1);
  const first = Wire.last;
  first.onopen?.();
  first.onclose?.({ code: 1006, reason: "" });
  vi.advanceTimersByTime(1_000);
  const second = Wire.last;
  expect(second).not.toBe(first);
  second.onopen?.();
  expect(second.sent.map((message) => message.content)).toEqual(first.sent.map((message) => message.content));
  vi.advanceTimersByTime(60_000);
  second.onclose?.({ code: 1006, reason: "" });
  vi.advanceTimersByTime(60_000);
  expect(Wire.last).toBe(second);
});

test("what makes no sense is passed over", async () => {
  const answer = connection.complete("a", 1);
  Wire.last.onopen?.();
  Wire.last.onmessage?.({ data: "text" });
  Wire.last.onmessage?.({ data: new ArrayBuffer(3) });
  Wire.last.answers(0, { status: "ok", matches: [], cursor_start: 0, cursor_end: 0 });
  expect(await answer).toMatchObject({ matches: [], start: 0, end: 0 });
});
