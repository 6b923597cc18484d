// @vitest-environment jsdom
/** Every control of ipywidgets, from models that it has really sent: what is shown, what its use changes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { render } from "preact";
import { act } from "preact/test-utils";
import { beforeEach, expect, test, vi } from "vitest";
import type { Fields } from "../wire/parse";
import { WidgetRoot } from "./WidgetRoot";
import { WidgetStore } from "./widgetStore";

interface Gallery {
  readonly view: string;
  readonly models: readonly { readonly model: string; readonly state: Fields }[];
}

const file = new URL("../../../tests/vectors/widgets/gallery.json", import.meta.url);
const gallery = JSON.parse(readFileSync(fileURLToPath(file), "utf8")) as Gallery;

let said: Fields[];
let store: WidgetStore;
let page: HTMLElement;

async function show(model: string): Promise<void> {
  await act(() =>
    render(<WidgetRoot model={model} store={store} cell="c" cellLabel="cell 1" trusted folder="" />, page),
  );
}

/** The model of this kind that has this description. */
function idOf(name: string, description?: string): string {
  const found = gallery.models.find(
    ({ state }) => state["_model_name"] === name && (description === undefined || state["description"] === description),
  );
  return found!.model;
}

const state = (id: string) => store.peek(id)!.state.peek();
const one = (selector: string) => page.querySelector<HTMLInputElement>(selector)!; // most are fields

async function write(
  field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  value: string,
  type = "change",
) {
  field.value = value;
  await act(() => void field.dispatchEvent(new Event(type, { bubbles: true })));
}

async function press(element: HTMLElement): Promise<void> {
  await act(() => element.click());
}

async function shown(name: string, description?: string): Promise<string> {
  const id = idOf(name, description);
  await show(id);
  return id;
}

beforeEach(() => {
  said = [];
  store = new WidgetStore((message) => said.push(message as Fields) > 0);
  store.connect();
  store.hear({ type: "widgets", begins: true, more: false, seen: 0, models: gallery.models, closed: [] });
  page = document.createElement("div");
  document.body.append(page);
  vi.stubGlobal("matchMedia", () => new EventTarget());
  const nothing = () => undefined;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.stubGlobal("ResizeObserver", class { observe = nothing; disconnect = nothing; }); // prettier-ignore
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:made", revokeObjectURL: () => undefined }));
});

test("every control is there, and each of its fields has a name", async () => {
  await show(gallery.view);
  expect(page.textContent).not.toMatch(/not found|could not be shown|nothing to show/);
  const nameless = [...page.querySelectorAll<HTMLElement>("input, select, textarea, button")].filter((field) => {
    const label = field.id === "" ? null : page.querySelector(`label[for="${field.id}"]`);
    return (
      label === null && field.closest("label") === null && !field.hasAttribute("aria-label") && field.textContent === ""
    );
  });
  expect(nameless.map(({ outerHTML }) => outerHTML)).toEqual([]);
});

test("a slider moves, says where it is, and takes what is written beside it within its bounds", async () => {
  const id = await shown("IntSliderModel", "Int");
  await write(one("input[type=range]"), "33", "input");
  expect(state(id)["value"]).toBe(33);
  await write(one("input:not([type=range])"), "1,000");
  expect(state(id)["value"]).toBe(100);
  await write(one("input:not([type=range])"), "many");
  expect([state(id)["value"], one("input:not([type=range])").value]).toEqual([100, "100"]);
});

test("a slider that is not continuous says where it is when it is let go", async () => {
  const id = await shown("IntSliderModel", "Int");
  store.set(store.peek(id)!, { continuous_update: false }, null);
  await act(() => undefined);
  await write(one("input[type=range]"), "33", "input");
  expect(state(id)["value"]).toBe(7);
  await write(one("input[type=range]"), "34");
  expect(state(id)["value"]).toBe(34);
});

test("a logarithmic slider's places are exponents", async () => {
  const id = await shown("FloatLogSliderModel");
  expect(one("input[type=range]").valueAsNumber).toBeCloseTo(2);
  await write(one("input[type=range]"), "3", "input");
  expect(state(id)["value"]).toBeCloseTo(1000);
});

test("the ends of a range do not pass each other", async () => {
  const id = await shown("IntRangeSliderModel");
  const [low, high] = page.querySelectorAll<HTMLInputElement>("input[type=range]");
  await write(low!, "90", "input");
  expect(state(id)["value"]).toEqual([60, 60]);
  await write(high!, "70", "input");
  expect(state(id)["value"]).toEqual([60, 70]);
  await write(one("input:not([type=range])"), "10 – 30");
  expect(state(id)["value"]).toEqual([10, 30]);
});

test("a slider of a list's items shows the item", async () => {
  const id = await shown("SelectionSliderModel");
  expect(one("[class*=readout]").textContent).toBe("mid");
  await write(one("input[type=range]"), "2", "input");
  expect([state(id)["index"], one("[class*=readout]").textContent]).toEqual([2, "high"]);
});

test("texts change with every key, numbers when they are done, within their bounds", async () => {
  const text = await shown("TextModel");
  await write(one("input"), "new", "input");
  expect(state(text)["value"]).toBe("new");
  await act(() => void one("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
  expect(said.at(-1)).toMatchObject({ type: "widget_message", content: { event: "submit" } });
  const number = await shown("BoundedIntTextModel");
  await write(one("input"), "99");
  expect(state(number)["value"]).toBe(10);
});

test("what is on goes off, and a button says that it was pressed", async () => {
  const box = await shown("CheckboxModel");
  await press(one("input"));
  expect(state(box)["value"]).toBe(false);
  const toggle = await shown("ToggleButtonModel");
  await press(one("button"));
  expect([state(toggle)["value"], one("button").getAttribute("aria-pressed")]).toEqual([false, "false"]);
  await shown("ButtonModel", "Click");
  await press(one("button"));
  expect(said.at(-1)).toMatchObject({ type: "widget_message", content: { event: "click" }, cell: "c" });
});

test("a choice is the index of what was chosen", async () => {
  const dropdown = await shown("DropdownModel");
  await write(one("select"), "2");
  const radio = await shown("RadioButtonsModel");
  await press(page.querySelectorAll<HTMLInputElement>("input")[1]!);
  const several = await shown("SelectMultipleModel");
  page.querySelectorAll("option").forEach((option, at) => (option.selected = at > 0));
  await act(() => void one("select").dispatchEvent(new Event("change", { bubbles: true })));
  const toggles = await shown("ToggleButtonsModel");
  await press(one("button"));
  expect([dropdown, radio, several, toggles].map((id) => state(id)["index"])).toEqual([2, 1, [1, 2], 0]);
});

test("pickers speak the wire's forms", async () => {
  const date = await shown("DatePickerModel");
  expect(one("input").value).toBe("2026-11-26");
  await write(one("input"), "2027-01-02");
  expect(state(date)["value"]).toEqual({ year: 2027, month: 0, date: 2 });
  const colour = await shown("ColorPickerModel", "Concise");
  expect(one("input").value).toBe("#ff8800");
  await write(one("input"), "#00ff00", "input");
  expect(state(colour)["value"]).toBe("#00ff00");
});

test("tags are added if they are allowed, and taken away", async () => {
  const id = await shown("TagsInputModel");
  await write(one("input"), "salad");
  await write(one("input"), "stones");
  expect(state(id)["value"]).toEqual(["pizza", "fries", "salad"]);
  expect(page.textContent).toContain("stones cannot be added here.");
  await press(one("button"));
  expect(state(id)["value"]).toEqual(["fries", "salad"]);
  const numbers = await shown("IntsInputModel");
  await write(one("input"), "1.5");
  await write(one("input"), "7");
  expect(state(numbers)["value"]).toEqual([1, 2, 7]);
});

test("sections unfold one at a time, tabs follow the arrow keys, a stack shows one", async () => {
  const accordion = await shown("AccordionModel");
  const heads = page.querySelectorAll<HTMLButtonElement>("button");
  await press(heads[1]!);
  expect([state(accordion)["selected_index"], page.textContent]).toEqual([1, "OneTwosecond"]);
  await press(heads[1]!);
  expect(state(accordion)["selected_index"]).toBeNull();
  const tab = await shown("TabModel");
  await act(
    () => void one("[role=tablist]").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })),
  );
  expect([state(tab)["selected_index"], one("[role=tabpanel]").textContent]).toEqual([1, "second"]);
  await shown("StackModel");
  expect(page.textContent).toBe("second");
});

test("counting goes on step by step and ends at the end", async () => {
  vi.useFakeTimers();
  const id = await shown("PlayModel");
  store.set(store.peek(id)!, { value: 8 }, null);
  await press(one("button"));
  for (let step = 0; step < 4; step += 1) await act(() => void vi.advanceTimersByTime(200));
  expect([state(id)["value"], state(id)["playing"]]).toEqual([10, false]);
});

test("HTML of a widget runs no script, and progress is told", async () => {
  const html = gallery.models.find(({ state: { value } }) => String(value).includes("<script>"))!.model;
  await show(html);
  await vi.waitFor(() => expect(page.querySelector("em")?.textContent).toBe("emphasised"));
  expect(page.querySelector("script")).toBeNull();
  await shown("IntProgressModel");
  expect(one("[role=progressbar]").getAttribute("aria-valuenow")).toBe("40");
});

test("a widget whose kernel has ended says so and can be looked at only", async () => {
  const id = idOf("IntSliderModel", "Int");
  store.hear({ type: "widgets", models: [{ model: id, whole: false, alive: false, state: {} }], closed: [] });
  await show(id);
  expect(page.textContent).toContain("kernel has ended");
  expect(one("input[type=range]").disabled).toBe(true);
});

test("what cannot be shown says why", async () => {
  const model = (id: string, more: Fields) => ({ model: id, whole: true, alive: true, state: more });
  const foreign = { _view_module: "ipyleaflet", _view_name: "MapView" };
  const endless = { _view_module: "@jupyter-widgets/controls", _view_name: "HBoxView", children: ["IPY_MODEL_loop"] };
  store.hear({ type: "widgets", models: [model("map", foreign), model("loop", endless)], closed: ["closed"] });
  await show("map");
  await vi.waitFor(() => expect(page.textContent).toContain("is ipyleaflet installed"));
  await show("nowhere");
  expect(page.textContent).toContain("not there any more");
  await show("closed");
  expect(page.textContent).toBe("");
  await show("loop");
  expect(page.textContent).toContain("contain each other");
});
