import { expect, test } from "vitest";
import type { DocumentPlace } from "./document";
import { isPlaceQuery, placeItems } from "./palettePlaces";

const place = (title: string): DocumentPlace => ({ id: title, title, detail: "#", go: () => undefined });
const places = {
  named: () => ["Loading", "Results", "More results"].map(place),
  numbered: (number: number) => (number === 0 ? [] : [place(`Line ${number}`)]),
};
const titles = (query: string) => placeItems(places, query).map((item) => item.title);

test("@ finds by name, best first, and lists all in order before anything is typed", () => {
  expect(titles("@")).toEqual(["Loading", "Results", "More results"]);
  expect(titles("@res")).toEqual(["Results", "More results"]);
});

test(": finds by number", () => {
  expect([titles(":12"), titles(":"), titles(":x")]).toEqual([["Line 12"], [], []]);
});

test("other queries and documents without places have none", () => {
  expect([isPlaceQuery("@a"), isPlaceQuery(":1"), isPlaceQuery("run"), isPlaceQuery("/a")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(placeItems(undefined, "@")).toEqual([]);
});
