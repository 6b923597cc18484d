import { expect, test } from "vitest";
import { duration, ordinal, wholeDuration } from "./duration";

test("a duration has the digits that matter", () => {
  expect([0, 0.04, 1.44, 9.94, 9.96, 59.4, 59.6, 125, 3_599.6, 3_720].map(duration)).toEqual([
    "0.0 s",
    "0.0 s",
    "1.4 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min 0 s",
    "2 min 5 s",
    "1 h 0 min",
    "1 h 2 min",
  ]);
});

test("whole seconds are counted", () => {
  expect([1, 9.9, 65].map(wholeDuration)).toEqual(["1 s", "9 s", "1 min 5 s"]);
});

test("a place has its ending", () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "102nd",
    "111th",
  ]);
});
