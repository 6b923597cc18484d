import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FilesActions } from "./fileActions";
import { FilesPanel } from "./FilesPanel";
import { type FilesApi, FilesStore, type FolderEntry } from "./filesStore";

let root: HTMLElement;
let store: FilesStore;
let opened: string[];
let trashed: string[];
let allowTrash: boolean;

function entry(path: string, type: FolderEntry["type"] = "file"): FolderEntry {
  return { name: path, path, type };
}

async function show(entries: readonly FolderEntry[]): Promise<void> {
  const list = [...entries];
  const made = (path: string) => Promise.resolve(entry(path));
  const api: FilesApi = {
    listFolder: (folder) => Promise.resolve(folder === "" ? list : []),
    newNotebook: () => made("Untitled.ipynb"),
    newFolder: () => made("New"),
    newFile: () => made("untitled.txt"),
    duplicate: (path) => made(path),
    rename: (path, to) => {
      list.splice(
        list.findIndex((one) => one.path === path),
        1,
        entry(to),
      );
      return made(to);
    },
    trash: (path) => {
      list.splice(
        list.findIndex((one) => one.path === path),
        1,
      );
      return Promise.resolve();
    },
  };
  store = new FilesStore(api);
  await store.show("");
  const actions: FilesActions = {
    open: (path) => void opened.push(path),
    confirmTrash: () => Promise.resolve(allowTrash),
    trashed: (name) => void trashed.push(name),
    copyPath: () => undefined,
    downloadUrl: (path) => `files/${path}`,
  };
  await act(() => render(<FilesPanel store={store} actions={actions} shownPath="a.ipynb" />, root));
}

const rows = () => [...root.querySelectorAll<HTMLButtonElement>("[data-row]")];
const names = () => rows().map((row) => row.title);
const row = (name: string) => rows().find((one) => one.title === name)!;

async function press(key: string, target: Element = document.activeElement!): Promise<void> {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await Promise.resolve();
  });
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  opened = [];
  trashed = [];
  allowTrash = true;
});

afterEach(() => {
  render(null, root);
  root.remove();
});

test("an empty folder says so and offers a new notebook", async () => {
  await show([]);
  expect(root.textContent).toContain("This folder is empty.");
});

test("a click opens a file", async () => {
  await show([entry("a.ipynb", "notebook")]);
  await act(() => row("a.ipynb").click());
  expect(opened).toEqual(["a.ipynb"]);
});

test("a click on a folder goes into it", async () => {
  await show([entry("data", "directory")]);
  const way = (): string => root.querySelector("nav")?.textContent ?? "";
  expect(way()).toBe("Top folder");
  await act(() => row("data").click());
  await vi.waitFor(() => expect(store.folder.value).toBe("data"));
  expect(way()).toBe("data");
  expect(opened).toEqual([]);
});

test("the list is one tab stop, and arrows take the focus along", async () => {
  await show([entry("a"), entry("b"), entry("c")]);
  expect(rows().map((one) => one.tabIndex)).toEqual([0, -1, -1]);
  row("a").focus();
  await press("ArrowDown");
  expect(document.activeElement).toBe(row("b"));
  await press("End");
  expect(document.activeElement).toBe(row("c"));
});

test("letters find a file", async () => {
  await show([entry("alpha"), entry("beta"), entry("bravo")]);
  row("alpha").focus();
  await press("b");
  expect(document.activeElement).toBe(row("beta"));
});

test("F2 renames in place, Enter keeps the name, Escape drops it", async () => {
  await show([entry("a.txt"), entry("b.txt")]);
  row("a.txt").focus();
  await press("F2");
  const field = root.querySelector("input")!;
  expect(document.activeElement).toBe(field);
  field.value = "z.txt";
  await press("Enter", field);
  await vi.waitFor(() => expect(names()).toEqual(["b.txt", "z.txt"]));
  expect(document.activeElement).toBe(row("z.txt"));
  row("b.txt").focus();
  await press("F2");
  root.querySelector("input")!.value = "never.txt";
  await press("Escape", root.querySelector("input")!);
  expect(names()).toEqual(["b.txt", "z.txt"]);
});

test("Delete moves a file to the trash and says so", async () => {
  await show([entry("a.txt"), entry("b.txt")]);
  row("a.txt").focus();
  await press("Delete");
  await vi.waitFor(() => expect(trashed).toEqual(["a.txt"]));
  expect(names()).toEqual(["b.txt"]);
  expect(document.activeElement).toBe(row("b.txt"));
});

test("a folder goes to the trash only after a yes", async () => {
  allowTrash = false;
  await show([entry("data", "directory")]);
  row("data").focus();
  await press("Delete");
  expect(names()).toEqual(["data"]);
});

test("ten thousand files are a few dozen rows, and the last one can be reached", async () => {
  await show(Array.from({ length: 10_000 }, (_, number) => entry(`file ${number}`)));
  expect(rows().length).toBeLessThan(100);
  row("file 0").focus();
  await press("End");
  expect(document.activeElement).toBe(row("file 9999"));
});

test("going into a folder and back by keys keeps the focus in the list", async () => {
  await show([entry("data", "directory"), entry("a.txt")]);
  row("data").focus();
  await press("ArrowRight");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("New notebook"));
  await press("Backspace");
  await vi.waitFor(() => expect(document.activeElement).toBe(row("data")));
});
