import { expect, test } from "vitest";
import { type Json } from "../wire/json";
import { isSought, searchJson } from "./jsonSearch";

const VALUE = { moons: [{ name: "Metis" }, { name: "Io" }], planet: "Jupiter", of: { metis: 1 } };

test("names and values are found, and everything around them holds them", () => {
  const search = searchJson(VALUE, "metis");
  expect(search.count).toBe(2);
  expect(search.holders).toEqual(new Set<unknown>([VALUE, VALUE.moons, VALUE.moons[0], VALUE.of]));
});

test("entries without it are left out", () => {
  const search = searchJson(VALUE, "metis");
  const shown = Object.entries(VALUE).filter(([key, value]) => isSought(search, key, value, false));
  expect(shown.map(([key]) => key)).toEqual(["moons", "of"]);
  expect(VALUE.moons.map((moon, at) => isSought(search, String(at), moon, true))).toEqual([true, false]);
});

test("places in a list are no names", () => expect(searchJson([5, 6, 7], "1").count).toBe(0));

test("a tree a hundred thousand deep is looked through", () => {
  let deep: Json = "needle";
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(searchJson(deep, "needle").count).toBe(1);
});
