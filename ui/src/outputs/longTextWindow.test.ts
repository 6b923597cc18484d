import { describe, expect, test } from "vitest";
import { ROW, windowOf } from "./longTextWindow";

const HEIGHT = 24 * ROW;

test("the beginning shows the first rows", () => {
  expect(windowOf(1000, 0, HEIGHT)).toMatchObject({ first: 0, offset: 0, total: 1000 * ROW });
});

test("what is seen is always rendered, and little more", () => {
  const { first, end, offset } = windowOf(1000, 5000, HEIGHT);
  expect(first * ROW).toBe(offset);
  expect(offset).toBeLessThanOrEqual(5000);
  expect(end * ROW).toBeGreaterThanOrEqual(5000 + HEIGHT);
  expect(end - first).toBeLessThan(50);
});

describe("a text taller than an engine can scroll", () => {
  const rows = 4_000_000;
  const { total } = windowOf(rows, 0, HEIGHT);

  test("has a scroll bar that it can", () => expect(total).toBeLessThan(10_000_000));

  test("reaches its last row at the end, at the right place", () => {
    const { first, end, offset } = windowOf(rows, total - HEIGHT, HEIGHT);
    expect(end).toBe(rows);
    expect(Math.abs(offset + (end - first) * ROW - total)).toBeLessThan(2);
  });
});
