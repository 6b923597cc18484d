import { expect, test } from "vitest";
import { Heights } from "./windowing";

function heightsOf(...list: readonly number[]): Heights {
  const heights = new Heights();
  heights.setOrder(
    list.map((_, index) => `c${index}`),
    (id) => list[Number(id.slice(1))] ?? 0,
  );
  return heights;
}

test("offsets are the sums of the heights above", () => {
  const heights = heightsOf(100, 50, 200);
  expect([0, 1, 2, 3].map((place) => heights.offsetOf(place))).toEqual([0, 100, 150, 350]);
  expect(heights.total).toBe(350);
});

test("the cell at a distance is the one that covers it", () => {
  const heights = heightsOf(100, 50, 200);
  expect([-5, 0, 99, 100, 149, 150, 349, 1000].map((y) => heights.placeAt(y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
});

test("the range holds the cells of which something is seen, and nothing when nothing is", () => {
  const heights = heightsOf(100, 50, 200);
  expect(heights.range(120, 160)).toEqual({ from: 1, to: 3 });
  expect(heights.range(-700, 50)).toEqual({ from: 0, to: 1 });
  expect(heights.range(400, 500)).toEqual({ from: 0, to: 0 });
  expect(new Heights().range(0, 500)).toEqual({ from: 0, to: 0 });
});

test("a change above what is seen moves it, a change in it or below does not", () => {
  const heights = heightsOf(100, 50, 200);
  expect(heights.measure(new Map([["c0", 130]]), 160)).toBe(30);
  expect(heights.offsetOf(2)).toBe(180);
  expect(heights.measure(new Map([["c2", 900]]), 190)).toBe(0);
  const both = new Map([
    ["c0", 100],
    ["c1", 60],
  ]);
  expect(heights.measure(both, 200)).toBe(-20);
});

test("at the very top nothing has to move", () => {
  expect(heightsOf(100, 50).measure(new Map([["c0", 300]]), 0)).toBe(0);
});

test("known heights survive another order, new cells are estimated", () => {
  const heights = heightsOf(100, 50, 200);
  heights.measure(new Map([["c1", 70]]), 0);
  heights.setOrder(["c2", "new", "c1"], () => 42);
  expect(["c2", "new", "c1"].map((id) => heights.heightOf(id))).toEqual([200, 42, 70]);
  expect(heights.total).toBe(312);
});

test("a height of a cell that has gone is nothing", () => {
  const heights = heightsOf(100);
  expect(heights.measure(new Map([["gone", 10]]), 50)).toBe(0);
  expect(heights.total).toBe(100);
});
