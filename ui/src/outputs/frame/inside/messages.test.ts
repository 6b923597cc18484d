import { expect, test } from "vitest";
import type { FromFrame } from "../protocol";
import { Messages } from "./messages";

test("what comes before the module listens waits for it, in order", () => {
  const messages = new Messages(() => undefined);
  const session = messages.session(() => ({ scheme: "dark", language: "", tokens: {} }));
  const heard: unknown[] = [];
  messages.receive(1, []);
  messages.receive(2, []);
  session.listen((data) => void heard.push(data));
  messages.receive(3, []);
  expect(heard).toEqual([1, 2, 3]);
  expect(session.appearance().scheme).toBe("dark");
});

test("what the module says goes to the page, with its buffers", () => {
  const told: FromFrame[] = [];
  const { send } = new Messages((message) => void told.push(message)).session(() => ({
    scheme: "light",
    language: "",
    tokens: {},
  }));
  const buffer = new ArrayBuffer(1);
  send({ a: 1 }, [buffer]);
  send(2);
  expect(told).toEqual([
    { type: "message", data: { a: 1 }, buffers: [buffer] },
    { type: "message", data: 2, buffers: [] },
  ]);
});
