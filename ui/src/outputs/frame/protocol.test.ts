import { expect, test } from "vitest";
import { parseFromFrame } from "./protocol";

test("what a frame may say is understood", () => {
  const buffer = new ArrayBuffer(2);
  expect(parseFromFrame({ type: "size", height: 10.2 })).toEqual({ type: "size", height: 11 });
  expect(parseFromFrame({ type: "leave" })).toEqual({ type: "leave" });
  expect(parseFromFrame({ type: "message", data: { a: 1 }, buffers: [buffer] })).toEqual({
    type: "message",
    data: { a: 1 },
    buffers: [buffer],
  });
});

test.each([
  null,
  "size",
  [],
  {},
  { type: "size" },
  { type: "size", height: "10" },
  { type: "size", height: -1 },
  { type: "size", height: Number.NaN },
  { type: "size", height: Infinity },
  { type: "failed" },
  { type: "open", address: "javascript:alert(1)" },
  { type: "open", address: "file:///etc/passwd" },
  { type: "unreachable", hosts: "x" },
  { type: "message", data: 1 },
  { type: "show", content: { kind: "html", html: "x" } },
  { type: "toString" },
])("%j makes no sense", (raw) => expect(parseFromFrame(raw)).toBeNull());

test("long and many things are cut", () => {
  const long = "x".repeat(10_000);
  expect(parseFromFrame({ type: "failed", reason: long })).toEqual({ type: "failed", reason: "x".repeat(2_000) });
  const told = parseFromFrame({ type: "unreachable", hosts: [1, ...Array.from({ length: 100 }, () => long)] });
  expect(told).toMatchObject({ hosts: Array.from({ length: 19 }, () => "x".repeat(2_000)) });
});

test("what is no buffer is left out of a message", () => {
  expect(parseFromFrame({ type: "message", data: 0, buffers: [1, "x", new ArrayBuffer(1)] })).toMatchObject({
    buffers: [new ArrayBuffer(1)],
  });
});
