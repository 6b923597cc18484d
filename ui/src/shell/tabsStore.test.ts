import { beforeEach, expect, test } from "vitest";
import { pathOf, TabsStore } from "./tabsStore";

let store: TabsStore;

function open(path: string) {
  return store.open({ kind: "notebook", path });
}

function paths() {
  return store.tabs.value.map((tab) => pathOf(tab.view));
}

beforeEach(() => {
  store = new TabsStore();
});

test("a fresh window shows the welcome page", () => {
  expect(store.active.value.view.kind).toBe("welcome");
});

test("the first document takes the place of the welcome page", () => {
  open("a.ipynb");
  expect(paths()).toEqual(["a.ipynb"]);
});

test("a path is open once; opening it again activates it", () => {
  const first = open("a.ipynb");
  open("b.ipynb");
  expect(open("a.ipynb").id).toBe(first.id);
  expect(paths()).toEqual(["a.ipynb", "b.ipynb"]);
  expect(store.active.value.id).toBe(first.id);
});

test("closing the active tab goes back to the one used before it", () => {
  open("a.ipynb");
  open("b.ipynb");
  const last = open("c.ipynb");
  open("a.ipynb");
  open("c.ipynb");
  store.close(last.id);
  expect(pathOf(store.active.value.view)).toBe("a.ipynb");
});

test("closing another tab leaves the active one", () => {
  const first = open("a.ipynb");
  const second = open("b.ipynb");
  store.close(first.id);
  expect(store.active.value.id).toBe(second.id);
});

test("closing the last tab brings the welcome page back", () => {
  store.close(open("a.ipynb").id);
  expect(store.tabs.value.map((tab) => tab.view.kind)).toEqual(["welcome"]);
  expect(store.active.value.view.kind).toBe("welcome");
});

test("stepping goes round both ends", () => {
  open("a.ipynb");
  open("b.ipynb");
  store.step(1);
  expect(pathOf(store.active.value.view)).toBe("a.ipynb");
  store.step(-1);
  expect(pathOf(store.active.value.view)).toBe("b.ipynb");
});

test("a moved tab stands before the one that was at the index", () => {
  open("a.ipynb");
  open("b.ipynb");
  const last = open("c.ipynb");
  store.move(last.id, 0);
  expect(paths()).toEqual(["c.ipynb", "a.ipynb", "b.ipynb"]);
  store.move(last.id, 3);
  expect(paths()).toEqual(["a.ipynb", "b.ipynb", "c.ipynb"]);
});

test("a replaced view keeps its tab", () => {
  const tab = open("broken.ipynb");
  store.replace(tab.id, { kind: "text", path: "broken.ipynb", error: { message: "no", line: 3 } });
  expect(store.active.value).toMatchObject({ id: tab.id, view: { kind: "text" } });
});
