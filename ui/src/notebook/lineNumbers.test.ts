import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { LineNumbers } from "./lineNumbers";

test("cells have numbers by themselves, until the choice for all changes", () => {
  const everywhere = signal(false);
  const numbers = new LineNumbers(everywhere, (on) => (everywhere.value = on));
  const shown = () => ["a", "b"].map((id) => numbers.areShown(id));
  numbers.toggle(["b"]);
  expect(shown()).toEqual([false, true]);
  numbers.toggle(["a", "b"]);
  expect(shown()).toEqual([true, true]);
  numbers.toggle(["b"]);
  expect(shown()).toEqual([true, false]);
  numbers.toggleEverywhere();
  expect([everywhere.value, shown()]).toEqual([true, [true, true]]);
});
