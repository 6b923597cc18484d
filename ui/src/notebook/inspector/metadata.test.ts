import { expect, test } from "vitest";
import { newCell } from "../model";
import { metadataText, parseMetadata, tagsIn, tagsOf, withTags } from "./metadata";

test("metadata is an object of JSON; a mistake has its place", () => {
  expect(parseMetadata(metadataText({ a: [1, { b: null }] }))).toEqual({
    at: "ready",
    metadata: { a: [1, { b: null }] },
  });
  expect(parseMetadata('{\n  "a": 1,\n  b\n}')).toEqual({ at: "wrong", line: 3, column: 3 });
  expect(["[1]", "1", "null"].map((text) => parseMetadata(text).at)).toEqual(["notObject", "notObject", "notObject"]);
});

test("tags stand beside other metadata, and leave nothing behind", () => {
  const cell = { ...newCell("a", "code"), metadata: { tags: ["x", 3, "y"], collapsed: true } };
  expect(tagsOf(cell)).toEqual(["x", "y"]);
  expect(withTags(cell.metadata, ["z"])).toEqual({ tags: ["z"], collapsed: true });
  expect(withTags(cell.metadata, [])).toEqual({ collapsed: true });
  expect(tagsOf({ ...cell, metadata: { tags: "x" } })).toEqual([]);
});

test("several tags may be typed at once", () => expect(tagsIn(" a b, c ,, ")).toEqual(["a b", "c"]));
