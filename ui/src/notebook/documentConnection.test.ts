import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DocumentConnection } from "./documentConnection";
import { EarlySocket } from "../wire/earlySocket";
import type { JsonObject } from "../wire/json";
import { documentSocketUrl } from "../wire/serverUrl";
import { NotebookStore } from "./notebookStore";

/** The browser's end of a socket whose other end is the test. */
class Wire {
  static all: Wire[] = [];
  static get last(): Wire {
    return Wire.all.at(-1)!;
  }
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: JsonObject[] = [];
  closed = false;

  constructor(readonly url: string) {
    Wire.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as JsonObject);
  }
  close(): void {
    this.closed = true;
  }
  says(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
    vi.advanceTimersByTime(20); // a frame
  }
  drops(code = 1006): void {
    this.onclose?.({ code, reason: "" });
  }
}

const code = (id: string, source: string): JsonObject => ({
  id,
  cell_type: "code",
  source,
  metadata: {},
  execution_count: null,
  outputs: [],
});
const saved = { state: "saved", message: "", at: null, path: "a.ipynb", writable: true };
const nobody = { session: "s", id: null, name: null, display_name: null, language: null };
const snapshot = (cells: readonly JsonObject[], acked = 0): object => ({
  type: "snapshot",
  notebook: { metadata: {}, cells },
  acked,
  path: "a.ipynb",
  document: saved,
  kernel: { ...nobody, state: "none", message: "", log: "" },
  run: { running: null, queued: [], started_at: null },
  input: null,
});
const CELLS = [code("a", "1"), code("b", "2")];

let store: NotebookStore;
let connection: DocumentConnection;
let openings: boolean[];
const types = (wire: Wire): unknown[] => wire.sent.map((message) => message["type"]);
const source = (id: string): string | undefined => store.cell(id)?.peek().source;

function open(): Wire {
  const wire = Wire.last;
  wire.onopen?.();
  wire.says(snapshot(CELLS));
  return wire;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  Wire.all = [];
  openings = [];
  store = new NotebookStore("a b/ü.ipynb");
  connection = new DocumentConnection(store, {
    changed: () => undefined,
    overwritten: () => undefined,
    opened: (first) => openings.push(first),
  });
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the address names the notebook by its path", () => {
  expect(Wire.last.url).toMatch(/^ws.*api\/documents\/socket\?path=a%20b%2F%C3%BC\.ipynb$/);
});

test("a snapshot shows the notebook and its states", () => {
  open();
  expect(store.load.value).toEqual({ at: "ready" });
  expect(store.order.value).toEqual(["a", "b"]);
  expect(store.document.value.path).toBe("a.ipynb");
  expect(store.connection.value).toEqual({ at: "open" });
  expect(openings).toEqual([true]);
});

describe("typing", () => {
  test("is shown at once and sent within 300 ms after a pause", () => {
    const wire = open();
    connection.type("a", "10");
    expect(source("a")).toBe("10");
    expect(wire.sent).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(wire.sent).toEqual([{ type: "edit", seq: 1, edits: [{ op: "set_source", cell: "a", source: "10" }] }]);
  });

  test("without a pause is sent before two seconds have passed", () => {
    const wire = open();
    for (let key = 0; key < 20; key += 1) {
      connection.type("a", "x".repeat(key + 1));
      vi.advanceTimersByTime(100);
    }
    expect(types(wire)).toContain("edit");
  });

  test("is sent before a run on the same socket", () => {
    const wire = open();
    connection.type("a", "10");
    connection.run(["a"]);
    expect(types(wire)).toEqual(["edit", "run"]);
    vi.advanceTimersByTime(1_000);
    expect(types(wire)).toEqual(["edit", "run"]);
  });

  test("is sent before a save and before an edit of cells", () => {
    const wire = open();
    connection.type("a", "10");
    void connection.save();
    connection.type("b", "20");
    connection.edit([{ op: "delete_cell", cell: "a" }]);
    expect(types(wire)).toEqual(["edit", "save", "edit", "edit"]);
  });

  test("is sent when the page is being left", () => {
    const wire = open();
    connection.type("a", "10");
    globalThis.dispatchEvent(new Event("pagehide"));
    expect(types(wire)).toEqual(["edit"]);
  });
});

test("a snapshot that was there before this was loaded is shown at once", async () => {
  const early = new EarlySocket(documentSocketUrl("early.ipynb"));
  const wire = Wire.last;
  wire.onopen?.();
  wire.says(snapshot(CELLS));
  const events = { changed: () => undefined, overwritten: () => undefined, opened: () => undefined, early };
  store = new NotebookStore("early.ipynb");
  const other = new DocumentConnection(store, events);
  await Promise.resolve(); // no frame, no timer
  expect([store.load.value, source("a"), Wire.last === wire]).toEqual([{ at: "ready" }, "1", true]);
  other.close();
});

test("an edit from elsewhere changes its cell only", () => {
  const wire = open();
  const other = store.cell("b")?.peek();
  wire.says({ type: "edits", items: [{ edit: { op: "set_source", cell: "a", source: "theirs" } }] });
  expect(source("a")).toBe("theirs");
  expect(store.cell("b")?.peek()).toBe(other);
});

test("messages within a frame are applied together", () => {
  const wire = open();
  const append = (text: string): object => ({
    type: "edits",
    items: [{ edit: { op: "append_output", cell: "a", output: { output_type: "stream", name: "stdout", text } } }],
  });
  let changes = -1; // subscribing counts once
  store.cell("a")?.subscribe(() => (changes += 1));
  for (const text of ["1\n", "2\n", "3\n"]) wire.onmessage?.({ data: JSON.stringify(append(text)) });
  vi.advanceTimersByTime(20);
  expect(changes).toBeLessThanOrEqual(2); // the first alone, the others together
  expect(store.cell("a")?.peek().outputs).toEqual([{ output_type: "stream", name: "stdout", text: "1\n2\n3\n" }]);
});

test("unconfirmed until everything is acknowledged", () => {
  const wire = open();
  expect(store.unconfirmed.value).toBe(false);
  connection.edit([{ op: "set_source", cell: "a", source: "x" }]);
  expect(store.unconfirmed.value).toBe(true);
  wire.says({ type: "edits", items: [{ ack: 1 }] });
  expect(store.unconfirmed.value).toBe(false);
});

describe("a lost connection", () => {
  test("comes back by itself, and everything unconfirmed is sent again behind the snapshot", () => {
    const first = open();
    connection.edit([{ op: "set_source", cell: "a", source: "sent" }]);
    first.drops();
    expect(store.connection.value.at).toBe("waiting");
    connection.type("b", "typed while offline");
    vi.advanceTimersByTime(2_000);
    const second = Wire.last;
    expect(second).not.toBe(first);
    second.onopen?.();
    expect(second.sent).toEqual([]); // before its snapshot the server does not listen
    second.says(snapshot(CELLS));
    expect(second.sent).toEqual([
      { type: "edit", seq: 1, edits: [{ op: "set_source", cell: "a", source: "sent" }] },
      { type: "edit", seq: 2, edits: [{ op: "set_source", cell: "b", source: "typed while offline" }] },
    ]);
    expect([source("a"), source("b")]).toEqual(["sent", "typed while offline"]);
    expect(openings).toEqual([true, false]);
  });

  test("loses no acknowledgement that came before it", () => {
    const first = open();
    connection.edit([{ op: "set_source", cell: "a", source: "x" }]);
    first.onmessage?.({ data: JSON.stringify({ type: "edits", items: [{ ack: 1 }] }) });
    first.drops();
    expect(store.unconfirmed.value).toBe(false);
    expect(source("a")).toBe("x");
  });

  test("refuses runs and ends saves that wait", async () => {
    const wire = open();
    const save = connection.save();
    wire.drops();
    expect(await save).toBe(false);
    expect(connection.run(["a"])).toBe(false);
    expect(await connection.save()).toBe(false);
  });

  test("is made again at once when asked", () => {
    open().drops();
    const before = Wire.all.length;
    connection.retryNow();
    expect(Wire.all.length).toBe(before + 1);
  });
});

test("a save is answered by what the server says about it", async () => {
  const wire = open();
  const good = connection.save();
  wire.says({ type: "saved", seq: 1, at: "2026-01-01T00:00:00Z" });
  const bad = connection.save();
  wire.says({ type: "error", seq: 2, message: "The disk is full.", kind: "StorageFailed" });
  expect([await good, await bad]).toEqual([true, false]);
  expect(store.notice.value).toBeNull(); // the document's state has its own banner
});

test("an error about something else is shown", () => {
  open().says({ type: "error", seq: null, message: "There is no kernel.", kind: "Conflict" });
  expect(store.notice.value).toEqual({ message: "There is no kernel." });
});

test("a refused edit is taken back, and typed text stays", () => {
  const wire = open();
  connection.type("a", "typed");
  connection.edit([{ op: "delete_cell", cell: "b" }]);
  wire.says({ type: "error", seq: 2, message: "No.", kind: "BadRequest" });
  wire.says({ type: "error", seq: 1, message: "No.", kind: "BadRequest" });
  expect(store.order.value).toEqual(["a", "b"]);
  expect(source("a")).toBe("typed");
});

test("a file that is no notebook says so, with its line, and is not asked for again", () => {
  const wire = Wire.last;
  wire.onopen?.();
  wire.says({ type: "error", seq: null, message: "Line 3 is broken.", kind: "InvalidNotebook", line: 3 });
  wire.drops(4400);
  vi.advanceTimersByTime(60_000);
  expect(store.load.value).toEqual({ at: "failed", message: "Line 3 is broken.", kind: "InvalidNotebook", line: 3 });
  expect(Wire.all).toHaveLength(1);
});

test("a message that cannot be read leads to a new snapshot", () => {
  const silent = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const wire = open();
  wire.says({ type: "edits", items: [{ edit: { op: "fold_space" } }] });
  expect(wire.closed).toBe(true);
  vi.advanceTimersByTime(2_000);
  expect(Wire.all).toHaveLength(2);
  expect(silent).toHaveBeenCalled();
});

test("a message of a kind that is not known is passed over", () => {
  open().says({ type: "weather", sunny: true });
  expect(store.load.value).toEqual({ at: "ready" });
});

test("after a rename the connection is made again by the new path", () => {
  const wire = open();
  wire.says({ type: "document", ...saved, path: "new.ipynb" });
  wire.drops();
  vi.advanceTimersByTime(2_000);
  expect(Wire.last.url).toContain("path=new.ipynb");
});

test("states reach the store", () => {
  const wire = open();
  wire.says({ type: "kernel", ...nobody, id: "k", state: "busy", message: "", log: "" });
  wire.says({ type: "run", running: "a", queued: ["b"], started_at: "2026-01-01T00:00:00Z" });
  wire.says({ type: "input_request", cell: "a", prompt: "Name?", password: false });
  expect(store.kernel.value.state).toBe("busy");
  expect(store.run.value.queued).toEqual(["b"]);
  expect(store.input.value).toEqual({ cell: "a", prompt: "Name?", password: false });
  wire.says({ type: "input_done" });
  wire.says({ type: "finished", cell: "a", status: "ok", seconds: 1.5 });
  expect(store.input.value).toBeNull();
  expect(store.lastRun("a").value).toEqual({ status: "ok", seconds: 1.5, source: "1" });
});
