import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import { DialogsStore } from "./dialogsStore";
import { NO_STATUS, type OpenDocument } from "./document";
import { type NotebookProblem, Opening, tabTitles } from "./opening";
import type { ShellServer } from "./server";
import { pathOf, TabsStore, type TextError } from "./tabsStore";

class FakeDocument implements OpenDocument {
  unsaved = signal(false);
  wouldLose = signal(false);
  status = signal(NO_STATUS);
  commands = [];
  closed = false;
  saved = 0;
  constructor(
    readonly kind: "notebook" | "text",
    public path: string,
    readonly error: TextError | null = null,
  ) {}
  paper = null;
  drops = null;
  view = () => null;
  save = () => {
    this.saved += 1;
    return Promise.resolve(true);
  };
  renamed = (path: string) => void (this.path = path);
  close = () => void (this.closed = true);
}

let tabs: TabsStore;
let dialogs: DialogsStore;
let opening: Opening;
let documents: FakeDocument[];
let problem: (problem: NotebookProblem) => void;
let folders: string[];
let told: string[];
let entries: Map<string, "directory" | "notebook" | "file">;

beforeEach(() => {
  tabs = new TabsStore();
  dialogs = new DialogsStore();
  documents = [];
  folders = [];
  told = [];
  entries = new Map([
    ["work", "directory"],
    ["a.txt", "file"],
    ["odd.json", "notebook"],
  ]);
  const server = {
    stat: (path: string) => {
      const type = entries.get(path);
      if (type !== undefined) return Promise.resolve({ name: path, path, type });
      return Promise.reject(Object.assign(new Error(`${path} does not exist`), { status: 404 }));
    },
    createNotebook: () => Promise.resolve(),
  } as unknown as ShellServer;
  const made = (document: FakeDocument) => {
    documents.push(document);
    return Promise.resolve(document);
  };
  opening = new Opening({
    tabs,
    server,
    dialogs,
    factory: {
      notebook: (path, tell) => {
        problem = tell;
        return made(new FakeDocument("notebook", path));
      },
      text: (path, error) => made(new FakeDocument("text", path, error)),
    },
    showFolder: (folder) => void folders.push(folder),
    opened: () => undefined,
    missing: () => undefined,
    tell: (message) => void told.push(message),
  });
});

const views = () => tabs.tabs.value.map((tab) => `${tab.view.kind} ${pathOf(tab.view) ?? ""}`.trim());

test("a notebook opens as one, another file as text", async () => {
  await opening.open("a.ipynb");
  await opening.open("a.txt");
  expect(views()).toEqual(["notebook a.ipynb", "text a.txt"]);
  expect(documents.map((document) => document.kind)).toEqual(["notebook", "text"]);
});

test("what the server says is a notebook opens as one whatever its name", async () => {
  await opening.open("odd.json");
  expect(views()).toEqual(["notebook odd.json"]);
});

test("a folder is shown in the files panel and opens no tab", async () => {
  await opening.open("work/");
  expect(folders).toEqual(["work"]);
  expect(views()).toEqual(["welcome"]);
});

test("a path of the system loses its root", async () => {
  await opening.open("/home/me/a.ipynb");
  await opening.open("C:\\Users\\me\\b.ipynb");
  expect(views()).toEqual(["notebook home/me/a.ipynb", "notebook Users/me/b.ipynb"]);
});

test("an open path is not opened twice", async () => {
  await opening.open("a.ipynb");
  await opening.open("./a.ipynb");
  expect(documents).toHaveLength(1);
});

test("a path that does not exist gets a tab that says so", async () => {
  await opening.open("gone.txt");
  expect(tabs.active.value.view).toMatchObject({ kind: "unavailable", problem: { missing: true } });
});

test("a path outside the root is refused in words", async () => {
  await opening.open("../secret");
  expect(told[0]).toContain("../secret");
  expect(views()).toEqual(["welcome"]);
});

test("a broken notebook becomes a text view with its error, in the same tab", async () => {
  await opening.open("a.ipynb");
  const tab = tabs.active.value.id;
  problem({ kind: "invalid", message: "Line 3 is cut off.", line: 3 });
  await Promise.resolve();
  expect(views()).toEqual(["text a.ipynb"]);
  expect(tabs.active.value.id).toBe(tab);
  expect(documents[0]?.closed).toBe(true);
  expect(documents[1]?.error).toEqual({ message: "Line 3 is cut off.", line: 3 });
});

test("a notebook that turns out to be missing says so, and can be made", async () => {
  await opening.open("new.ipynb");
  problem({ kind: "unavailable", message: "There is no such file.", missing: true });
  expect(views()).toEqual(["unavailable new.ipynb"]);
  await opening.create(tabs.active.value.id, "new.ipynb");
  expect(views()).toEqual(["notebook new.ipynb"]);
});

test("a tab that is closed while it loads leaves no document behind", async () => {
  const open = opening.open("a.ipynb");
  await opening.close(tabs.active.value.id);
  await open;
  expect(opening.documents.value.size).toBe(0);
  expect(documents[0]?.closed).toBe(true);
});

test("restored tabs are loaded when they are looked at, not before", async () => {
  opening.restore(["a.ipynb", "a.txt", "a.ipynb"]);
  expect(views()).toEqual(["asleep a.ipynb", "asleep a.txt"]);
  expect(documents).toEqual([]);
  await opening.open("a.txt");
  expect(views()).toEqual(["asleep a.ipynb", "text a.txt"]);
  expect(pathOf(tabs.active.value.view)).toBe("a.txt");
});

test("whoever has gone on to another tab stays there when a restored one has been asked for", async () => {
  opening.restore(["a.txt"]);
  const restored = opening.open("a.txt");
  await opening.open("b.ipynb");
  await restored;
  expect([views(), pathOf(tabs.active.value.view)]).toEqual([["text a.txt", "notebook b.ipynb"], "b.ipynb"]);
});

test("a restored tab that is closed meanwhile stays closed", async () => {
  opening.restore(["b.ipynb", "a.txt"]);
  const restored = opening.open("a.txt");
  await opening.close(tabs.findPath("a.txt")!.id);
  await restored;
  expect([views(), documents]).toEqual([["asleep b.ipynb"], []]);
});

test("a restored path that is a folder now is shown in the files panel", async () => {
  opening.restore(["a.ipynb", "work"]);
  await opening.open("work");
  expect(folders).toEqual(["work"]);
  expect(views()).toEqual(["asleep a.ipynb"]);
});

test("nothing is lost without a question", async () => {
  await opening.open("a.txt");
  documents[0]!.wouldLose.value = true;
  const cancelled = opening.close(tabs.active.value.id);
  dialogs.open.value[0]?.answer(null, "");
  expect(await cancelled).toBe(false);
  expect(views()).toEqual(["text a.txt"]);
  const saved = opening.close(tabs.active.value.id);
  dialogs.open.value[0]?.answer("save", "");
  expect(await saved).toBe(true);
  expect(documents[0]?.saved).toBe(1);
  expect(views()).toEqual(["welcome"]);
});

test("a renamed folder takes its open files along", async () => {
  await opening.open("work/a.ipynb");
  opening.renamed("work", "old");
  expect(views()).toEqual(["notebook old/a.ipynb"]);
  expect(documents[0]?.path).toBe("old/a.ipynb");
});

test("two files of one name are told apart by their folders", () => {
  expect(tabTitles(["x/a.ipynb", "y/a.ipynb", "b.ipynb"])).toEqual(["a.ipynb — x", "a.ipynb — y", "b.ipynb"]);
});

test("a part of a document stands in a tab of its own, one for each, and closes without a question", async () => {
  for (const title of ["cell 1", "cell 2"]) opening.openPart(title, new FakeDocument("text", title));
  expect(views()).toEqual(["part", "part"]);
  const { id } = tabs.active.value;
  expect(opening.documents.value.has(id)).toBe(true);
  expect(await opening.close(id)).toBe(true);
  expect(views()).toEqual(["part"]);
});
