import { expect, test } from "vitest";
import { type Place, PlaceHistory, PLACES } from "./placeHistory";

const at = (cell: string, path = "a.ipynb"): Place => ({ path, cell });

test("jumps can be gone back from and forward to again", () => {
  const history = new PlaceHistory();
  expect([history.can(-1), history.step(-1)]).toEqual([false, null]);
  history.came(at("1"), false);
  history.came(at("9"), true);
  history.came(at("1", "b.ipynb"), true);
  expect([history.step(-1), history.step(-1), history.step(-1)]).toEqual([at("9"), at("1"), null]);
  expect([history.can(1), history.step(1)]).toEqual([true, at("9")]);
});

test("a step moves the place, and what lies ahead stays", () => {
  const history = new PlaceHistory();
  history.came(at("1"), false);
  history.came(at("9"), true);
  history.came(at("10"), false);
  expect(history.step(-1)).toEqual(at("1"));
  history.came(at("2"), false);
  expect(history.step(1)).toEqual(at("10"));
});

test("a jump from a place that was gone back to forgets what lay ahead", () => {
  const history = new PlaceHistory();
  history.came(at("1"), false);
  history.came(at("9"), true);
  history.step(-1);
  history.came(at("5"), true);
  expect([history.can(1), history.step(-1)]).toEqual([false, at("1")]);
});

test("where one is already is no other place, and only the last hundred are kept", () => {
  const history = new PlaceHistory();
  for (let cell = 0; cell < PLACES + 20; cell++) {
    history.came(at(`${cell}`), true);
    history.came(at(`${cell}`), true);
  }
  let back = 0;
  while (history.step(-1) !== null) back += 1;
  expect(back).toBe(PLACES - 1);
});
