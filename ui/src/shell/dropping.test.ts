import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DropAction, Dropped } from "../design/drop";
import { DialogsStore } from "./dialogsStore";
import { listenToDrops } from "./dropping";
import type { Shell } from "./shell";

let root: HTMLElement;
let disk: Map<string, string>;
let dialogs: DialogsStore;
let opened: string[];
let told: string[];
let known: readonly string[];
let isNative: boolean;
let actions: (dropped: Dropped) => readonly DropAction[];
let stop: () => void;

const file = (name: string, text = "new"): File => new File([text], name);

/** Drags files over an element and lets go; tells whether the page wanted them. */
function drop(selector: string, files: readonly File[], folders: readonly string[] = [], type = "Files"): boolean {
  const items = folders.map((name) => ({ webkitGetAsEntry: () => ({ isDirectory: true, name }) }));
  const dataTransfer = { types: [type], files, items, dropEffect: "none" };
  const element = root.querySelector(selector)!;
  const wanted = ["dragover", "drop"].map((name) => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    return !element.dispatchEvent(Object.assign(event, { dataTransfer, clientY: 5 }));
  });
  return wanted.every(Boolean);
}
async function answer(choice: string | null): Promise<readonly string[]> {
  const question = await vi.waitFor(() => {
    const [first] = dialogs.open.value;
    if (first === undefined) throw new Error("Nobody asks.");
    return first;
  });
  question.answer(choice, "");
  return question.choices.map(({ label }) => label);
}

beforeEach(() => {
  root = document.createElement("div");
  root.innerHTML = `
    <aside data-folder="work"><span id=panel></span><li data-folder="work/data"><b id=row></b></li></aside>
    <main data-region=document><p id=cell></p></main><footer id=elsewhere></footer>`;
  document.body.append(root);
  disk = new Map([["work/a.csv", "old"]]);
  dialogs = new DialogsStore();
  [opened, told, known, isNative] = [[], [], [], false];
  actions = () => [];
  const shell = {
    server: {
      files: {
        listFolder: (folder: string) =>
          Promise.resolve(
            [...disk.keys()]
              .filter((path) => path.startsWith(`${folder}/`))
              .map((path) => ({ name: path.slice(folder.length + 1) })),
          ),
      },
      bytes: (path: string) => Promise.resolve(new Blob([`bytes of ${path}`], { type: "image/png" })),
      upload: (path: string, base64: string) =>
        path.endsWith("full")
          ? Promise.reject(new Error("The disk is full."))
          : Promise.resolve(void disk.set(path, atob(base64))),
    },
    bridge: { droppedPaths: () => Promise.resolve(known), isNative: () => isNative },
    dialogs,
    files: { folder: { peek: () => "work" }, refresh: () => Promise.resolve() },
    toasts: { show: (text: string) => void told.push(text) },
    activeDocument: {
      peek: () => ({
        drops: { over: () => undefined, leave: () => undefined, actions: (dropped: Dropped) => actions(dropped) },
      }),
    },
    openAndEnter: (path: string) => Promise.resolve(void opened.push(path)),
  };
  stop = listenToDrops(shell as unknown as Shell, document);
});

afterEach(() => {
  stop();
  root.remove();
});

test("files on the panel are copied into its folder, or into that of a row", async () => {
  expect(drop("#panel", [file("b.csv")])).toBe(true);
  await vi.waitFor(() => expect(disk.get("work/b.csv")).toBe("new"));
  drop("#row", [file("b.csv")]);
  await vi.waitFor(() => expect(disk.get("work/data/b.csv")).toBe("new"));
  expect([opened, told]).toEqual([[], ["1 file copied into work.", "1 file copied into work/data."]]);
});

test("a file that is there is replaced only when the user says so", async () => {
  drop("#panel", [file("a.csv")]);
  await answer(null);
  drop("#panel", [file("a.csv")]);
  await answer("both");
  await vi.waitFor(() => expect(disk.get("work/a-1.csv")).toBe("new"));
  expect(disk.get("work/a.csv")).toBe("old");
  drop("#panel", [file("a.csv")]);
  await answer("replace");
  await vi.waitFor(() => expect(disk.get("work/a.csv")).toBe("new"));
});

test("one that cannot be copied is said, and the others come", async () => {
  drop("#panel", [file("full"), file("b.csv")]);
  await vi.waitFor(() => expect(disk.has("work/b.csv")).toBe(true));
  expect(told[0]).toBe("full was not copied: The disk is full.");
});

test("elsewhere they are opened, copied first where nobody says where they lie", async () => {
  drop("#elsewhere", [file("b.ipynb")]);
  await vi.waitFor(() => expect(opened).toEqual(["work/b.ipynb"]));
  known = ["/home/me/c.ipynb", "/home/me/folder"];
  drop("#elsewhere", [file("c.ipynb")], ["folder"]);
  await vi.waitFor(() => expect(opened).toEqual(["work/b.ipynb", "home/me/c.ipynb", "home/me/folder"]));
  expect([...disk.keys()]).toEqual(["work/a.csv", "work/b.ipynb"]);
});

test("a document says what it can do with them, and the user chooses", async () => {
  const done: (string | null)[] = [];
  actions = ({ files, pathOf }) => [
    { label: "Load", run: async () => void done.push(await pathOf(files[0]!, "work")) },
  ];
  drop("#cell", [file("b.csv")]);
  expect(await answer("0")).toEqual(["Load", "Open"]);
  await vi.waitFor(() => expect(done).toEqual(["work/b.csv"]));
  known = ["/data/d.csv"];
  drop("#cell", [file("d.csv")]);
  await answer("0");
  await vi.waitFor(() => expect(done[1]).toBe("data/d.csv"));
  drop("#cell", [file("d.csv")]);
  await answer(null);
  drop("#cell", [file("d.csv")]);
  await answer("open");
  await vi.waitFor(() => expect(opened).toEqual(["data/d.csv"]));
});

test("what is dragged inside the page is none of it", () => {
  root.dispatchEvent(new Event("dragstart", { bubbles: true }));
  expect(drop("#panel", [file("plot.png")])).toBe(false);
  root.dispatchEvent(new Event("dragend", { bubbles: true }));
  expect(drop("#elsewhere", [])).toBe(true);
});

test("a folder without a path is refused in words", async () => {
  drop("#panel", [], ["photos"]);
  await vi.waitFor(() => expect(told[0]).toContain("“photos” is a folder"));
});

test("where only the places of files are told, they are opened there, copied from there, and images read", async () => {
  [isNative, known] = [true, ["/data/a.png"]];
  const names: string[] = [];
  actions = ({ files }) => [
    { label: "Insert", run: async () => void names.push(`${files[0]?.type ?? ""} ${(await files[0]?.text()) ?? ""}`) },
  ];
  expect(drop("#cell", [], [], "text/uri-list")).toBe(true);
  await answer("0");
  await vi.waitFor(() => expect(names).toEqual(["image/png bytes of data/a.png"]));
  drop("#panel", [], [], "text/uri-list");
  await vi.waitFor(() => expect(disk.get("work/a.png")).toBe("bytes of data/a.png"));
  known = ["/data/b.ipynb", "/data"];
  drop("#elsewhere", [], [], "text/uri-list");
  await vi.waitFor(() => expect(opened).toEqual(["data/b.ipynb", "data"]));
});

test("addresses that are dragged into a browser's page are not files", () => {
  expect(drop("#elsewhere", [], [], "text/uri-list")).toBe(false);
});
