import { expect, test } from "vitest";
import { divided } from "./outputDivision";

test("of 1,000 outputs the first 100 and the last 50 are shown", () => {
  expect(divided(1_000)).toEqual({ head: 100, tail: 950 });
});

test("few are shown all, and so are those of which fewer than 50 would be hidden", () => {
  expect(divided(0)).toEqual({ head: 0, tail: 0 });
  expect(divided(199)).toEqual({ head: 199, tail: 199 });
  expect(divided(200)).toEqual({ head: 100, tail: 150 });
});

test("while more come, those at the end go in pieces: what is read does not move with every output", () => {
  const tails = Array.from({ length: 50 }, (_, more) => divided(1_000 + more).tail);
  expect(new Set(tails)).toEqual(new Set([950, 975]));
});

test("as many of the first as are asked for, in whole pieces, until the rest is not worth a line", () => {
  expect(divided(1_000, 200)).toEqual({ head: 200, tail: 950 });
  expect(divided(1_000, 601)).toEqual({ head: 625, tail: 950 });
  expect(divided(1_000, 901)).toEqual({ head: 1_000, tail: 1_000 });
  expect(divided(1_000, Number.POSITIVE_INFINITY)).toEqual({ head: 1_000, tail: 1_000 });
});
