import { expect, test } from "vitest";
import { ParseError } from "../wire/parse";
import { NO_KERNEL, serverMessageOf } from "./documentMessages";

const said = (message: object): ReturnType<typeof serverMessageOf> => serverMessageOf(JSON.stringify(message));
const document = { state: "saved", message: "", at: "2026-01-02T03:04:05Z", path: "a.ipynb", writable: false };
const snapshot = {
  type: "snapshot",
  notebook: { metadata: {}, cells: [] },
  acked: 3,
  path: "a.ipynb",
  document,
  kernel: null,
  run: { running: null, queued: [], started_at: null },
  input: null,
};

test("a snapshot without a kernel has the state of one that there is not", () => {
  expect(said(snapshot)).toMatchObject({ snapshot: { acked: 3, kernel: NO_KERNEL, input: null } });
});

test("times become dates, and a time that makes no sense is none", () => {
  expect(said({ type: "document", ...document })).toMatchObject({
    document: { at: new Date("2026-01-02T03:04:05Z"), writable: false },
  });
  expect(said({ type: "document", ...document, at: "yesterday" })).toMatchObject({ document: { at: null } });
});

test("what a crash had left is a time and the version that is shown", () => {
  const restored = { at: "2026-01-02T03:04:05Z", shown: "saved" };
  expect(said({ type: "document", ...document, restored })).toMatchObject({
    document: { restored: { at: new Date("2026-01-02T03:04:05Z"), shown: "saved" } },
  });
  expect(said({ type: "document", ...document, restored: null })).toMatchObject({ document: { restored: null } });
});

test("what was merged is how much, where to look, and the version that is shown", () => {
  const combined = { taken: 2, undecided: [{ cell: "a", why: "deleted" }], shown: "disk", at: "2026-01-02T03:04:05Z" };
  expect(said({ type: "document", ...document, combined })).toMatchObject({
    document: { combined: { taken: 2, undecided: [{ cell: "a", why: "deleted" }], shown: "disk" } },
  });
  expect(said({ type: "document", ...document })).toMatchObject({ document: { combined: null } });
});

test("a kernel's names are as the page spells them", () => {
  const kernel = { session: "s", id: "k", name: "python3", display_name: "Python 3", language: "python" };
  expect(said({ type: "kernel", ...kernel, state: "idle", message: "", log: "" })).toMatchObject({
    kernel: { id: "k", displayName: "Python 3", state: "idle" },
  });
});

test("edits and acknowledgements keep their order", () => {
  const items = [{ ack: 1 }, { edit: { op: "delete_cell", cell: "a" } }, { ack: 2 }];
  expect(said({ type: "edits", items })).toEqual({ type: "edits", items });
});

test("the end of a request for input is no request", () => {
  expect(said({ type: "input_done" })).toEqual({ type: "input", input: null });
});

test("an error may lack everything but its sentence", () => {
  expect(said({ type: "error", message: "No." })).toEqual({
    type: "error",
    refusal: { seq: null, message: "No.", kind: "", line: 0 },
  });
});

test.each([
  "no JSON",
  "[]",
  "3",
  JSON.stringify({ ...snapshot, notebook: { metadata: {}, cells: [{ id: 1 }] } }),
  JSON.stringify({ ...snapshot, run: null }),
  JSON.stringify({ type: "kernel", state: "asleep" }),
  JSON.stringify({ type: "edits", items: [{}] }),
  JSON.stringify({ type: "finished", cell: "a", status: "perhaps" }),
])("is refused: %s", (text) => {
  expect(() => serverMessageOf(text)).toThrow(ParseError);
});
