import { expect, test } from "vitest";
import { asBytes, bytesOf, parted, textOf, widgetMessageOf, withBuffers } from "./widgetMessages";

const bytes = (text: string) => bytesOf(btoa(text));
const text = (value: unknown) => String.fromCharCode(...(asBytes(value) ?? []));

test("binary parts come to where their paths lead, also into lists and places that are not there yet", () => {
  const state = withBuffers(
    { list: [1, { a: null }] },
    [["value"], ["list", 1, "a"], ["new", "deep"]],
    ["x", "y", "z"].map(bytes),
  );
  const list = state["list"] as [number, { a: unknown }];
  expect([text(state["value"]), list[0], text(list[1].a), text((state["new"] as { deep: unknown }).deep)]).toEqual([
    "x",
    1,
    "y",
    "z",
  ]);
});

test("paths that lead nowhere are passed over", () => {
  expect(withBuffers({ a: 1 }, [["a", "b"], []], ["x", "y"].map(bytes))).toEqual({ a: 1 });
});

test("a state is parted into JSON and bytes, and put together again", () => {
  const state = { value: [{ name: "f", content: bytes("file") }], plain: 1, raw: new Uint8Array([104, 105]) };
  const sent = parted(state);
  expect(sent).toEqual({
    state: { value: [{ name: "f" }], plain: 1 },
    buffer_paths: [["value", 0, "content"], ["raw"]],
    buffers: [btoa("file"), btoa("hi")],
  });
  expect(
    text(
      (withBuffers(sent.state, sent.buffer_paths, sent.buffers.map(bytesOf))["value"] as { content: unknown }[])[0]
        ?.content,
    ),
  ).toBe("file");
});

test("many bytes are more than one call can take", () => {
  const many = new Uint8Array(200_000).fill(7);
  expect(asBytes(bytesOf(textOf(many)))).toEqual(many);
});

test("what the server says is read; what makes no sense is refused", () => {
  const said = {
    type: "widgets",
    begins: true,
    more: false,
    seen: 3,
    models: [{ model: "m", whole: true, alive: false, state: { a: 1 } }],
    closed: ["x"],
  };
  expect(widgetMessageOf(said)).toEqual({
    ...said,
    models: [{ model: "m", whole: true, alive: false, state: { a: 1 } }],
  });
  expect(() => widgetMessageOf({ type: "widgets", models: [5], closed: [] })).toThrow("not an object");
  expect(() => widgetMessageOf({ type: "widget_message", model: "m" })).toThrow("buffers");
});
