import { expect, test } from "vitest";
import { parseVersions, VersionsStore } from "./versionsStore";

test("versions come with time and size", () => {
  const raw = [{ id: "1-a", last_modified: "2026-11-26T10:00:00Z", size: 12 }];
  expect(parseVersions(raw)).toEqual([{ id: "1-a", at: new Date("2026-11-26T10:00:00Z"), size: 12 }]);
});

test("an answer that is no list of versions is refused", () => {
  expect(() => parseVersions([{ id: 1 }])).toThrow();
});

test("nothing is shown before somebody asks", () => {
  const store = new VersionsStore();
  expect([store.versions.value.at, store.chosen.value.at]).toEqual(["closed", "none"]);
});
