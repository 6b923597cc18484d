import { expect, test } from "vitest";
import { freeName } from "./freeName";

test("a name that is taken gets the first number that is free", () => {
  const taken = new Set(["a.csv", "a-1.csv", "README", ".env"]);
  const free = (name: string): string => freeName(name, (one) => taken.has(one));
  expect(["b.csv", "a.csv", "README", ".env"].map(free)).toEqual(["b.csv", "a-2.csv", "README-1", ".env-1"]);
});
