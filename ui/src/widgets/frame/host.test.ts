/** A foreign widget's frame and the page's side of it, without a frame between them: what the page's port does is copied. */
import { beforeEach, expect, test, vi } from "vitest";
import type { ModuleFrame } from "../../outputs/frame/protocol";
import { FrameBridge } from "../frameBridge";
import { WidgetStore } from "../widgetStore";
import "./host";
import type { Start } from "./messages";

type Said = Readonly<Record<string, unknown>>;

const MODULE = `define(["@jupyter-widgets/base"], (base) => ({
  CanvasModel: class extends base.DOMWidgetModel {
    static serializers = { ...base.DOMWidgetModel.serializers, toolbar: { deserialize: base.unpack_models } };
    initialize(attributes, options) {
      super.initialize(attributes, options);
      this.on("msg:custom", (content) => this.set("heard", content.text));
      this.send({ type: "initialized" }, {});
    }
  },
  CanvasView: class extends base.DOMWidgetView {
    async render() {
      this.button = document.createElement("button");
      this.button.onclick = () => { this.model.set("count", this.model.get("count") + 1); this.touch(); };
      this.el.append(this.button);
      this.model.on_some_change(["count", "heard"], this.show, this);
      const toolbar = await this.create_child_view(this.model.get("toolbar"));
      this.el.append(toolbar.el);
      this.show();
    }
    show() { this.button.textContent = this.model.get("count") + " " + (this.model.get("heard") ?? "") + (this.model.comm_live ? "" : " dead"); }
  },
  ToolbarView: class extends base.DOMWidgetView { render() { this.el.textContent = "tools: " + this.model.get("items"); } },
}));`;

let said: Said[];
let store: WidgetStore;
let element: HTMLElement;

const model = (id: string, state: Said) => ({ model: id, whole: true, alive: true, state });
const news = (models: readonly object[]) => store.hear({ type: "widgets", seen: 99, models, closed: [] });
const of = (type: string) => said.filter((one) => one["type"] === type);
const button = () => element.querySelector("button")!;

/** Starts the frame's script for a widget; resolves when it is drawn. */
async function start(root: string, module: Start["module"]): Promise<FrameBridge> {
  let hear: Parameters<ModuleFrame["listen"]>[0] = () => undefined;
  const bridge = new FrameBridge(store, root, "c", (message) => hear(structuredClone(message), []));
  const frame: ModuleFrame = {
    element,
    value: { root, module } satisfies Start,
    appearance: () => ({ scheme: "light", language: "", tokens: {} }),
    send: (data) => bridge.hear(structuredClone(data)),
    listen: (listener) => (hear = listener),
  };
  await (globalThis as unknown as { adrasteaWidget: (frame: ModuleFrame) => Promise<void> }).adrasteaWidget(frame);
  return bridge;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  said = [];
  store = new WidgetStore((message) => said.push(message as Said) > 0);
  store.connect();
  store.hear({
    type: "widgets",
    begins: true,
    more: false,
    models: [
      model("canvas", { _model_name: "CanvasModel", _view_name: "CanvasView", count: 1, toolbar: "IPY_MODEL_toolbar" }),
      model("toolbar", { _model_name: "ToolbarModel", _view_name: "ToolbarView", items: ["pan"] }),
      model("secret", { value: "not for frames" }),
    ],
    closed: [],
  });
  element = document.createElement("div");
  document.body.append(element);
});

test("an older widget is drawn by its own AMD module, with the widgets that it names", async () => {
  await start("canvas", { name: "old", source: MODULE });
  expect(element.textContent).toBe("1 tools: pan");
  expect(of("widget_message")).toMatchObject([{ model: "canvas", content: { type: "initialized" }, cell: "c" }]);
});

test("what is done in the frame reaches the kernel, and what the kernel does the frame", async () => {
  await start("canvas", { name: "old", source: MODULE });
  button().click();
  vi.runAllTimers();
  expect(of("widget_update")).toMatchObject([{ model: "canvas", state: { count: 2 }, cell: "c" }]);
  news([{ model: "canvas", whole: false, alive: true, state: { count: 9 } }]);
  await vi.waitFor(() => expect(button().textContent).toBe("9 "));
  store.hear({ type: "widget_message", model: "canvas", content: { text: "hello" }, buffers: [] });
  await vi.waitFor(() => expect(button().textContent).toBe("9 hello"));
});

test("what the frame has set itself does not come back to it, and the end of the kernel does", () => {
  const heard: unknown[] = [];
  const bridge = new FrameBridge(store, "canvas", null, (message) => heard.push(message.type));
  bridge.hear({ type: "get", id: "canvas" });
  bridge.hear({ type: "set", id: "canvas", changes: { count: 5 } });
  expect([heard, store.peek("canvas")?.state.peek()["count"]]).toEqual([["model"], 5]);
  news([{ model: "canvas", whole: false, alive: false, state: {} }]);
  bridge.close();
  news([{ model: "canvas", whole: false, alive: true, state: { count: 7 } }]);
  expect(heard).toEqual(["model", "state"]);
});

test("a frame reaches no widget that its own do not name, and nonsense does nothing", () => {
  const heard: unknown[] = [];
  const bridge = new FrameBridge(store, "canvas", null, (message) => heard.push(message));
  bridge.hear({ type: "get", id: "secret" });
  bridge.hear({ type: "set", id: "secret", changes: { value: "mine" } });
  bridge.hear({ type: "send", id: "secret", content: {} });
  for (const nonsense of [null, 5, { type: "get" }, { type: "set", id: "canvas", changes: [] }]) bridge.hear(nonsense);
  vi.runAllTimers();
  expect([heard, said.slice(1), store.peek("secret")?.state.peek()["value"]]).toEqual([
    [{ type: "none", id: "secret" }],
    [],
    "not for frames",
  ]);
});

test("a widget that the frame itself names is out of its reach, one that the kernel names is not", () => {
  const heard: unknown[] = [];
  const bridge = new FrameBridge(store, "canvas", null, ({ type }) => heard.push(type));
  bridge.hear({ type: "get", id: "canvas" });
  bridge.hear({ type: "set", id: "canvas", changes: { mine: "IPY_MODEL_secret" } });
  news([{ model: "canvas", whole: false, alive: true, state: { count: 2 } }]);
  for (const id of ["canvas", "secret"]) bridge.hear({ type: "get", id });
  news([{ model: "canvas", whole: false, alive: true, state: { child: ["IPY_MODEL_secret"] } }]);
  bridge.hear({ type: "get", id: "secret" });
  expect(heard).toEqual(["model", "state", "model", "none", "state", "model"]);
});

test("an anywidget is drawn by its own ES module and says what it changes", async () => {
  const code = `export default () => ({
    initialize({ model }) { model.set("begun", true); },
    render({ model, el }) {
      const button = document.createElement("button");
      const show = () => (button.textContent = "count " + model.get("count"));
      button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes(); model.send({ kind: "hi" }); };
      model.on("change:count", show);
      show();
      el.append(button);
    },
  });`;
  news([model("any", { _esm: `data:text/javascript,${encodeURIComponent(code)}`, _css: "button{}", count: 3 })]);
  await start("any", null);
  button().click();
  vi.runAllTimers();
  expect(button().textContent).toBe("count 4");
  expect(of("widget_update")).toMatchObject([{ model: "any", state: { begun: true, count: 4 } }]);
  expect(of("widget_message")).toMatchObject([{ content: { kind: "hi" } }]);
  news([{ model: "any", whole: false, alive: true, state: { count: 8 } }]);
  await vi.waitFor(() => expect(button().textContent).toBe("count 8"));
});

test("what cannot be drawn says why", async () => {
  await expect(start("canvas", { name: "old", source: "1" })).rejects.toThrow("defines no module");
  const needy = 'define(["@jupyter-widgets/controls"], () => ({}))';
  await expect(start("canvas", { name: "old", source: needy })).rejects.toThrow("needs @jupyter-widgets/controls");
  await expect(start("canvas", { name: "old", source: "define({})" })).rejects.toThrow("no view CanvasView");
  await expect(start("nowhere", null)).rejects.toThrow("no widget nowhere");
});

const control = (view: string, more: Said) => ({
  _model_module: "@jupyter-widgets/controls",
  _view_name: view,
  ...more,
});
const PANEL = `export default { async render({ model, el }) {
  for (const name of model.get("children")) {
    const child = await model.widget_manager.get_model(name);
    el.append((await model.widget_manager.create_view(child)).el);
  }
} };`;

test("ipywidgets' controls stand inside an anywidget that names them, and are used there", async () => {
  vi.spyOn(URL, "createObjectURL").mockReturnValue(`data:text/javascript,${encodeURIComponent(PANEL)}`);
  news([
    model("panel", { _esm: PANEL, children: ["IPY_MODEL_box", "IPY_MODEL_press"] }),
    model("box", control("VBoxView", { children: ["IPY_MODEL_moons", "IPY_MODEL_ring"] })),
    model("moons", control("IntSliderView", { description: "Moons", value: 3, min: 0, max: 9, step: 1 })),
    model("ring", control("DropdownView", { description: "Ring", _options_labels: ["A", "B"], index: 0 })),
    model("press", control("ButtonView", { description: "Press" })),
  ]);
  await start("panel", null);
  expect(element.textContent).toContain("Moons");
  const slider = element.querySelector<HTMLInputElement>("input[type=range]")!;
  slider.value = "5";
  slider.dispatchEvent(new Event("input"));
  const select = element.querySelector("select")!;
  select.selectedIndex = 1;
  select.dispatchEvent(new Event("change"));
  button().click();
  vi.runAllTimers();
  expect(of("widget_update")).toMatchObject([
    { model: "moons", state: { value: 5 } },
    { model: "ring", state: { index: 1 } },
  ]);
  expect(of("widget_message")).toMatchObject([{ model: "press", content: { event: "click" } }]);
  news([model("moons", control("IntSliderView", { description: "Moons", value: 7, min: 0, max: 9, step: 1 }))]);
  await vi.waitFor(() => expect(element.querySelector("output")?.textContent).toBe("7"));
  expect(slider.value).toBe("7");
});
