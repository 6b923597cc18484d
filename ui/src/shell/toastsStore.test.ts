import { beforeEach, expect, test } from "vitest";
import { ToastsStore } from "./toastsStore";

let due: (() => void) | null;
let store: ToastsStore;

beforeEach(() => {
  due = null;
  store = new ToastsStore((_milliseconds, call) => {
    due = call;
    return () => (due = null);
  });
});

const shown = () => store.shown.value.map((toast) => toast.text);

test("at most three messages are shown, the newest of them", () => {
  for (const text of ["a", "b", "c", "d"]) store.show(text);
  expect(shown()).toEqual(["b", "c", "d"]);
});

test("the oldest goes when its time is over", () => {
  store.show("a");
  store.show("b");
  due?.();
  expect(shown()).toEqual(["b"]);
  due?.();
  expect(shown()).toEqual([]);
  expect(due).toBeNull();
});

test("messages stay while they are being read", () => {
  store.show("a");
  store.hold(true);
  expect(due).toBeNull();
  store.hold(false);
  expect(due).not.toBeNull();
});

test("the same message twice is shown once", () => {
  store.show("a");
  store.show("a");
  expect(shown()).toEqual(["a"]);
});

test("a dismissed message is gone", () => {
  store.show("a");
  store.dismiss(store.shown.value[0]?.id ?? 0);
  expect(shown()).toEqual([]);
});
