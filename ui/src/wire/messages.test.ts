import { expect, test } from "vitest";
import { completeRequest, completionsOf, inspectionOf, inspectRequest, messageOf } from "./messages";
import { ParseError } from "./parse";

const ORIGIN = { session: "s", username: "u" };
const DATE = new Date("2026-01-02T03:04:05.678Z");

test("a request has the header of Jupyter's protocol", () => {
  const frame = completeRequest("os.", 3, "m", ORIGIN, DATE);
  expect([frame.channel, JSON.parse(frame.header), JSON.parse(frame.content)]).toEqual([
    "shell",
    {
      msg_id: "m",
      msg_type: "complete_request",
      session: "s",
      username: "u",
      date: "2026-01-02T03:04:05.678Z",
      version: "5.4",
    },
    { code: "os.", cursor_pos: 3 },
  ]);
  expect(JSON.parse(inspectRequest("x", 1, "m", ORIGIN, DATE).content)).toEqual({
    code: "x",
    cursor_pos: 1,
    detail_level: 0,
  });
});

test("a message knows what it answers", () => {
  const frame = { ...completeRequest("", 0, "m", ORIGIN, DATE), parentHeader: '{"msg_id": "asked"}' };
  expect(messageOf(frame)).toMatchObject({ type: "complete_request", parent: "asked" });
  expect(messageOf({ ...frame, parentHeader: "{}" }).parent).toBe("");
});

test("a message that is not JSON, or has no type, is refused", () => {
  const frame = completeRequest("", 0, "m", ORIGIN, DATE);
  expect(() => messageOf({ ...frame, header: "{" })).toThrow(ParseError);
  expect(() => messageOf({ ...frame, header: "{}" })).toThrow(ParseError);
  expect(() => messageOf({ ...frame, content: "[]" })).toThrow(ParseError);
});

test("completions are texts, and an error has none", () => {
  const content = { status: "ok", matches: ["a", 1, "b"], cursor_start: 0, cursor_end: 2 };
  expect(completionsOf(content)).toMatchObject({ matches: ["a", "b"], start: 0, end: 2 });
  expect(completionsOf({ status: "error" })).toBeNull();
});

test("a kernel may say what the matches are", () => {
  const kinds = [{ text: "a", type: "function", signature: "(x)" }, { text: "b", type: "<unknown>" }, 3];
  const content = { status: "ok", matches: ["a", "b"], cursor_start: 0, cursor_end: 1 };
  const found = completionsOf({ ...content, metadata: { _jupyter_types_experimental: kinds } });
  expect([...(found?.kinds ?? [])]).toEqual([
    ["a", { type: "function", signature: "(x)" }],
    ["b", { type: "", signature: "" }],
  ]);
  expect(completionsOf({ ...content, metadata: { _jupyter_types_experimental: "no" } })?.kinds.size).toBe(0);
});

test("what is not found has no documentation", () => {
  expect(inspectionOf({ status: "ok", found: true, data: { "text/plain": "x" } })).toEqual({ "text/plain": "x" });
  expect(inspectionOf({ status: "ok", found: false, data: {} })).toBeNull();
});
