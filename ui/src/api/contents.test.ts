import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as contents from "./contents";

let asked: { readonly method: string; readonly path: string; readonly body: unknown }[];
let answers: unknown[];

const entry = (path: string, type = "file", more: object = {}): object => ({
  name: path.split("/").at(-1),
  path,
  type,
  writable: true,
  size: type === "directory" ? null : 3,
  mimetype: null,
  last_modified: "2026-01-01T00:00:00Z",
  content: null,
  ...more,
});

beforeEach(() => {
  asked = [];
  answers = [];
  vi.stubGlobal("fetch", (url: URL, init: RequestInit) => {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    asked.push({ method: init.method ?? "", path: decodeURI(url.pathname + url.search), body });
    const answer = answers.shift();
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer)));
  });
});

afterEach(() => vi.unstubAllGlobals());

test("a folder is listed", async () => {
  answers = [entry("a", "directory", { content: [entry("a/b.ipynb", "notebook"), entry("a/c", "directory")] })];
  const list = await contents.listFolder("a");
  expect(list.map(({ path, type }) => [path, type])).toEqual([
    ["a/b.ipynb", "notebook"],
    ["a/c", "directory"],
  ]);
  expect(asked).toMatchObject([{ method: "GET", path: "/api/contents/a?type=directory" }]);
});

test("the root has the address without a path", async () => {
  answers = [entry("", "directory", { content: [] })];
  await contents.listFolder("");
  expect(asked[0]?.path).toBe("/api/contents?type=directory");
});

test("new things have the names that the server gives them", async () => {
  answers = [entry("a/Untitled.ipynb", "notebook"), entry("a/Untitled Folder", "directory"), entry("a/untitled.txt")];
  const made = [await contents.newNotebook("a"), await contents.newFolder("a"), await contents.newFile("a")];
  expect(made.map(({ path }) => path)).toEqual(["a/Untitled.ipynb", "a/Untitled Folder", "a/untitled.txt"]);
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ["POST", { type: "notebook" }],
    ["POST", { type: "directory" }],
    ["POST", { type: "file", ext: ".txt" }],
  ]);
});

test("copies go beside their originals, names and places change, and the trash takes what is deleted", async () => {
  answers = [entry("a/b-Copy1.txt"), entry("c.txt"), undefined];
  await contents.duplicate("a/b.txt");
  await contents.rename("a/b.txt", "c.txt");
  await contents.trash("c.txt");
  expect(asked).toEqual([
    { method: "POST", path: "/api/contents/a", body: { copy_from: "a/b.txt" } },
    { method: "PATCH", path: "/api/contents/a/b.txt", body: { path: "c.txt" } },
    { method: "DELETE", path: "/api/contents/c.txt", body: undefined },
  ]);
});

test("a file that is not text has none", async () => {
  answers = [entry("a.bin"), entry("a.bin", "file", { format: "base64", content: "AA==" })];
  expect((await contents.getFile("a.bin")).text).toBeNull();
  answers = [entry("a.txt"), entry("a.txt", "file", { format: "text", content: "hi" })];
  expect((await contents.getFile("a.txt")).text).toBe("hi");
});

test("text is written as text", async () => {
  answers = [entry("ü b.txt")];
  await contents.saveFile("ü b.txt", "hi");
  expect(asked).toEqual([
    { method: "PUT", path: "/api/contents/ü b.txt", body: { type: "file", format: "text", content: "hi" } },
  ]);
});

test("an answer without a path is an error", async () => {
  answers = [{ name: "x" }];
  await expect(contents.statPath("x")).rejects.toThrow(/makes no sense/);
});
