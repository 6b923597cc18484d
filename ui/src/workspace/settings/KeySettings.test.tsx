import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KeyActions, KeyRow } from "./keyRow";
import { KeySettings } from "./KeySettings";

const row = (id: string, ...keys: string[]): KeyRow => ({ id, title: id, category: "Cell", keys, isOwn: id === "own" });
let root: HTMLElement;
let done: unknown[];

const actions: KeyActions = {
  rows: () => [row("Delete", "D D"), row("Undo", "Z"), row("own")],
  conflicts: (_, keys) => (keys === "Z" ? ["Undo"] : []),
  choose: (...what) => done.push(what),
  clear: (id) => done.push(["clear", id]),
  reset: (id) => done.push(["reset", id]),
  resetAll: () => done.push("resetAll"),
  stroke: (event) => (event.key === "Shift" ? null : event.key.toUpperCase()),
  show: (keys) => keys,
};
const button = (name: string): HTMLButtonElement =>
  [...root.querySelectorAll("button")].find(
    (one) => one.getAttribute("aria-label") === name || one.textContent === name,
  )!;
const press = (key: string) =>
  act(() => {
    const field = root.querySelector("[role=textbox]")!;
    field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });

beforeEach(async () => {
  done = [];
  root = document.createElement("div");
  document.body.append(root);
  await act(() => render(<KeySettings actions={actions} />, root));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

test("commands are found by their names and their keys", async () => {
  const filter = root.querySelector("input")!;
  filter.value = "d d";
  await act(() => void filter.dispatchEvent(new InputEvent("input", { bubbles: true })));
  expect([...root.querySelectorAll("li")].map((one) => one.textContent)).toEqual(["Cell DeleteD D"]);
});

test("keys are pressed, one or two, and chosen", async () => {
  await act(() => button("Change the keys of “Delete”").click());
  await press("Shift");
  await press("g");
  await press("g");
  await act(() => button("Use these keys").click());
  expect(done).toEqual([["Delete", "G G"]]);
});

test("what they mean already is said before they are taken", async () => {
  await act(() => button("Change the keys of “Delete”").click());
  await press("z");
  expect([...root.querySelectorAll("p")].at(-1)?.textContent).toBe("This is what “Undo” has now. Take it from there?");
  await act(() => button("Take them").click());
  expect(done).toEqual([["Delete", "Z"]]);
});

test("keys are taken away and reset", async () => {
  await act(() => button("Change the keys of “Undo”").click());
  await act(() => button("No keys").click());
  await act(() => button("Reset the keys of “own”").click());
  await act(() => button("Reset all keys").click());
  expect(done).toEqual([["clear", "Undo"], ["reset", "own"], "resetAll"]);
});
