import { expect, test } from "vitest";
import { folderStorage } from "./folderStorage";
import { createStorage } from "./storage";

const fresh = () => createStorage(() => null);

test("each folder has an entry of its own, and two windows do not overwrite each other", () => {
  const storage = fresh();
  const one = folderStorage(storage, "home/a");
  const two = folderStorage(storage, "home/b");
  one.write("tabs", ["a.ipynb"]);
  two.write("tabs", ["b.ipynb"]);
  one.write("sideWidth", 300);
  expect(folderStorage(storage, "home/a").read("tabs")).toEqual(["a.ipynb"]);
  expect(folderStorage(storage, "home/a").read("sideWidth")).toBe(300);
  expect(folderStorage(storage, "home/b").read("tabs")).toEqual(["b.ipynb"]);
  expect(folderStorage(storage, "").read("tabs")).toBeNull();
});

test("folders that were not used for long are forgotten", () => {
  const storage = fresh();
  folderStorage(storage, "first").write("sideWidth", 300);
  folderStorage(storage, "often").write("sideWidth", 310);
  for (let number = 0; number < 60; number++) {
    folderStorage(storage, `f${number}`).write("sideWidth", number);
    folderStorage(storage, "often");
  }
  expect(folderStorage(storage, "often").read("sideWidth")).toBe(310);
  expect(folderStorage(storage, "f59").read("sideWidth")).toBe(59);
  expect(storage.read("folder:first")).toBeNull();
});

test("a damaged entry is none", () => {
  const storage = fresh();
  storage.write("folder:x", [1]);
  storage.write("folders", { no: "list" });
  const own = folderStorage(storage, "x");
  expect(own.read("tabs")).toBeNull();
  own.write("tabs", []);
  expect(own.read("tabs")).toEqual([]);
});
