import { beforeEach, describe, expect, test, vi } from "vitest";
import { WidgetStore } from "./widgetStore";

type Said = Readonly<Record<string, unknown>>;

let said: Said[];
let isOpen: boolean;
let store: WidgetStore;

const whole = (model: string, state: Said, alive = true) => ({ model, whole: true, alive, state });
const part = (model: string, state: Said) => ({ model, whole: false, alive: true, state });
const news = (models: readonly object[], more: Said = {}) =>
  store.hear({ type: "widgets", begins: false, more: false, seen: 0, models, closed: [], ...more });
const begin = (models: readonly object[], more: Said = {}) => news(models, { begins: true, ...more });
const state = (id: string) => store.peek(id)?.state.peek();
const set = (id: string, changes: Said) => store.set(store.peek(id)!, changes, "cell");
const sent = (type: string) => said.filter((one) => one["type"] === type);

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  isOpen = true;
  store = new WidgetStore((message) => {
    if (isOpen) said.push(message as Said);
    return isOpen;
  });
  store.connect();
});

test("what there is is asked for, and until it is said a widget is being loaded", () => {
  const found = store.find("m");
  expect([found.value.at, said]).toEqual(["loading", [{ type: "widgets" }]]);
  begin([whole("other", {})], { more: true });
  expect(found.value.at).toBe("loading");
  news([whole("m", { value: 1 })]);
  expect([found.value.at, state("m")]).toEqual(["here", { value: 1 }]);
});

test("what is not among all that there is, is not there", () => {
  const found = store.find("m");
  begin([]);
  expect([found.value.at, store.find("later").value.at]).toEqual(["unknown", "unknown"]);
});

test("a part that changes leaves the others", () => {
  begin([whole("m", { value: 1, max: 9 })]);
  news([part("m", { value: 2 }), part("never had", { value: 3 })]);
  expect([state("m"), store.peek("never had")]).toEqual([{ value: 2, max: 9 }, null]);
});

test("what the user changes is shown at once and sent once per frame, the newest only", () => {
  begin([whole("m", { value: 1 })]);
  for (const value of [2, 3, 4]) set("m", { value });
  set("m", { value: 4 });
  expect([state("m"), sent("widget_update")]).toEqual([{ value: 4 }, []]);
  vi.runAllTimers();
  expect(sent("widget_update")).toEqual([
    { type: "widget_update", count: 1, model: "m", cell: "cell", state: { value: 4 }, buffer_paths: [], buffers: [] },
  ]);
});

test("what the user has changed stays until the server has seen it", () => {
  begin([whole("m", { value: 1, max: 9 })]);
  set("m", { value: 5 });
  news([part("m", { value: 2, max: 8 })]);
  expect(state("m")).toEqual({ value: 5, max: 8 });
  vi.runAllTimers();
  news([part("m", { value: 2 })]);
  expect(state("m")).toEqual({ value: 5, max: 8 });
  news([part("m", { value: 7 })], { seen: 1 });
  expect(state("m")).toEqual({ value: 7, max: 8 });
});

test("a message to the kernel goes behind what was changed before it", () => {
  begin([whole("m", { value: "" })]);
  set("m", { value: "typed" });
  store.send(store.peek("m")!, { event: "click" }, "cell", [new Uint8Array([104, 105])]);
  expect(said.slice(1).map(({ type }) => type)).toEqual(["widget_update", "widget_message"]);
  expect(said.at(-1)).toMatchObject({ content: { event: "click" }, buffers: [btoa("hi")] });
});

test("what is changed without a connection is sent when there is one again", () => {
  begin([whole("m", { value: 1 })]);
  isOpen = false;
  set("m", { value: 2 });
  vi.runAllTimers();
  isOpen = true;
  store.connect();
  begin([whole("m", { value: 1 })]);
  expect([state("m"), sent("widget_update").map((one) => one["state"])]).toEqual([{ value: 2 }, [{ value: 2 }]]);
});

test("after a new connection what is not said again is gone", () => {
  begin([whole("m", {}), whole("n", {})]);
  store.connect();
  begin([whole("n", {})]);
  expect([store.find("m").value.at, store.find("n").value.at]).toEqual(["unknown", "here"]);
});

test("a widget that closes is gone, and one that is dead takes nothing but a look at another tab", () => {
  begin([whole("m", {}), whole("dead", { value: 1, selected_index: 0 }, false)]);
  news([], { closed: ["m"] });
  set("dead", { value: 2 });
  set("dead", { selected_index: 1 });
  store.send(store.peek("dead")!, {}, null);
  vi.runAllTimers();
  expect([store.find("m").value.at, state("dead")]).toEqual(["closed", { value: 1, selected_index: 1 }]);
  expect(said).toHaveLength(1);
});

test("what the kernel says to the views of a widget reaches those that listen", () => {
  begin([whole("m", {})]);
  const heard: unknown[] = [];
  const stop = store.peek("m")!.listen((content, buffers) => heard.push(content, buffers.length));
  const message = { type: "widget_message", model: "m", content: { frame: 1 }, buffers: [btoa("x")] };
  store.hear(message);
  stop();
  store.hear(message);
  expect(heard).toEqual([{ frame: 1 }, 1]);
});

test("widgets of a notebook's metadata are shown as they were, unless the kernel has them", () => {
  const kept = (value: number) => ({
    model_name: "M",
    model_module: "x",
    model_module_version: "1",
    state: { value },
    buffers: [{ path: ["data"], encoding: "base64", data: btoa("b") }],
  });
  store.setSaved({
    widgets: { "application/vnd.jupyter.widget-state+json": { state: { old: kept(1), m: kept(1), bad: 5 } } },
  });
  begin([whole("m", { value: 2 })]);
  expect([state("old")?.["value"], state("old")?.["_model_name"], state("m")?.["value"]]).toEqual([1, "M", 2]);
  expect([store.peek("old")?.alive.peek(), store.find("bad").value.at]).toEqual([false, "unknown"]);
});

describe("links", () => {
  const link = (id: string, name: string) =>
    whole(id, { _model_name: name, source: ["IPY_MODEL_a", "value"], target: ["IPY_MODEL_b", "value"] });

  test("a trait follows another in the page, and the kernel hears of both", () => {
    begin([whole("a", { value: 1 }), whole("b", { value: 0 }), link("l", "LinkModel")]);
    expect(state("b")).toEqual({ value: 1 });
    set("a", { value: 5 });
    expect(state("b")).toEqual({ value: 5 });
    set("b", { value: 6 });
    vi.runAllTimers();
    expect([state("a"), sent("widget_update").map((one) => [one["model"], one["state"]])]).toEqual([
      { value: 6 },
      [
        ["b", { value: 1 }],
        ["a", { value: 6 }],
        ["b", { value: 6 }],
      ],
    ]);
  });

  test("in one direction only, where that is asked for, and no more when the link has gone", () => {
    begin([whole("a", { value: 1 }), whole("b", { value: 0 }), link("l", "DirectionalLinkModel")]);
    set("b", { value: 7 });
    expect(state("a")).toEqual({ value: 1 });
    news([part("a", { value: 3 })]);
    expect(state("b")).toEqual({ value: 3 });
    news([], { closed: ["l"] });
    set("a", { value: 4 });
    expect(state("b")).toEqual({ value: 3 });
  });

  test("links that make no sense are none", () => {
    begin([whole("a", { value: 1 }), whole("l", { _model_name: "LinkModel", source: [5], target: null })]);
    set("a", { value: 2 });
    expect(state("a")).toEqual({ value: 2 });
  });
});
