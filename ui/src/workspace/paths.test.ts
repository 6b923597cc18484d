import { expect, test } from "vitest";
import { extensionOf, folderOf, joinPath, nameOf, normalPath, renamedPath, trail, workspacePath } from "./paths";

test("a path is taken apart at its last slash and put together again", () => {
  expect([folderOf("a/b/c.ipynb"), nameOf("a/b/c.ipynb")]).toEqual(["a/b", "c.ipynb"]);
  expect([folderOf("c.ipynb"), nameOf("c.ipynb")]).toEqual(["", "c.ipynb"]);
  expect([joinPath("a/b", "c"), joinPath("", "c")]).toEqual(["a/b/c", "c"]);
});

test("a typed path gets its one spelling", () => {
  expect(normalPath("/a//./b/../c/")).toBe("a/c");
  expect(normalPath("")).toBe("");
});

test("a path that leaves the root is none", () => {
  expect(normalPath("../secret")).toBeNull();
  expect(normalPath("a/../../secret")).toBeNull();
});

test("a path of the system loses its root", () => {
  expect(workspacePath("/home/me/a.ipynb")).toBe("home/me/a.ipynb");
  expect(workspacePath("C:\\Users\\me\\b.ipynb")).toBe("Users/me/b.ipynb");
});

test("the trail leads from the root to the folder", () => {
  expect(trail("a/b")).toEqual(["", "a", "a/b"]);
  expect(trail("")).toEqual([""]);
});

test("renaming a folder takes what lies in it along, and no neighbour of similar name", () => {
  expect(renamedPath("a/b.ipynb", "a", "z")).toBe("z/b.ipynb");
  expect(renamedPath("a", "a", "z")).toBe("z");
  expect(renamedPath("ab/c", "a", "z")).toBeNull();
});

test("a hidden file has no extension", () => {
  expect(["a/B.PY", ".bashrc", "Makefile", "x.tar.gz"].map(extensionOf)).toEqual(["py", "", "", "gz"]);
});
