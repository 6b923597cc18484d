import { beforeEach, expect, test } from "vitest";
import { type FilesApi, FilesStore, type FolderEntry, inOrder, typeAhead } from "./filesStore";

function entry(path: string, type: FolderEntry["type"] = "file"): FolderEntry {
  return { name: path.slice(path.lastIndexOf("/") + 1), path, type };
}

/** A server with its files in a list. */
class FakeServer implements FilesApi {
  entries = [entry("b.ipynb", "notebook"), entry("data", "directory"), entry("data/x.csv"), entry("a.txt")];
  failure: Error | null = null;

  async listFolder(folder: string): Promise<readonly FolderEntry[]> {
    await this.#answer();
    const above = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
    return this.entries.filter((one) => above(one.path) === folder);
  }
  newNotebook = (folder: string) => this.#add(entry(folder === "" ? "Untitled.ipynb" : `${folder}/Untitled.ipynb`));
  newFolder = () => this.#add(entry("Untitled Folder", "directory"));
  newFile = () => this.#add(entry("untitled.txt"));
  duplicate = (path: string) => this.#add(entry(`${path}-Copy1`));
  async rename(path: string, to: string): Promise<FolderEntry> {
    await this.#answer();
    this.entries = this.entries.map((one) => (one.path === path ? entry(to, one.type) : one));
    return entry(to);
  }
  async trash(path: string): Promise<void> {
    await this.#answer();
    this.entries = this.entries.filter((one) => one.path !== path);
  }
  async #add(made: FolderEntry): Promise<FolderEntry> {
    await this.#answer();
    this.entries.push(made);
    return made;
  }
  #answer(): Promise<void> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }
}

let server: FakeServer;
let store: FilesStore;

beforeEach(async () => {
  server = new FakeServer();
  store = new FilesStore(server);
  await store.show("");
});

const names = () => store.entries.value.map((one) => one.name);

test("folders come first, then names as a person counts", () => {
  expect(names()).toEqual(["data", "a.txt", "b.ipynb"]);
  const numbered = ["part 10", "part 2", "Part 1"].map((name) => entry(name));
  expect(inOrder(numbered).map((one) => one.name)).toEqual(["Part 1", "part 2", "part 10"]);
});

test("going up makes the folder that was left the current row", async () => {
  await store.show("data");
  expect(names()).toEqual(["x.csv"]);
  await store.up();
  expect(store.folder.value).toBe("");
  expect(store.current.value).toBe("data");
});

test("an answer for a folder that was left is dropped", async () => {
  const slow = store.show("data");
  await store.show("");
  await slow;
  expect(store.folder.value).toBe("");
  expect(names()).toEqual(["data", "a.txt", "b.ipynb"]);
});

test("a folder that cannot be read says why, and reading it again mends it", async () => {
  server.failure = new Error("This folder is gone.");
  await store.show("data");
  expect(store.listing.value).toEqual({ at: "failed", message: "This folder is gone." });
  server.failure = null;
  await store.refresh();
  expect(store.listing.value.at).toBe("ready");
});

test("old rows stay under their folder until the next one is read", async () => {
  const shown = store.show("data");
  expect(store.reading.value).toBe(true);
  expect([store.folder.value, names()]).toEqual(["", ["data", "a.txt", "b.ipynb"]]);
  await shown;
  expect(store.reading.value).toBe(false);
  expect([store.folder.value, names()]).toEqual(["data", ["x.csv"]]);
});

test("a renamed file is the current row, and who has it open is told", async () => {
  const told: string[] = [];
  store.renamed = (from, to) => void told.push(`${from} → ${to}`);
  store.startRename("a.txt");
  await store.rename("a.txt", " z.txt ");
  expect(store.current.value).toBe("z.txt");
  expect(store.renaming.value).toBeNull();
  expect(told).toEqual(["a.txt → z.txt"]);
});

test("a name that cannot be is refused before the server is asked", async () => {
  server.failure = new Error("must not be asked");
  store.startRename("a.txt");
  for (const [name, problem] of [
    ["", /at least one/],
    ["x/y", /“\/”/],
    ["..", /not names/],
    ["b.ipynb", /already/],
  ] as const) {
    await store.rename("a.txt", name);
    expect(store.problem.value).toMatch(problem);
    expect(store.renaming.value).toBe("a.txt");
  }
});

test("a rename that the server refuses leaves the field open with its sentence", async () => {
  server.failure = new Error("The disk is full.");
  store.startRename("a.txt");
  await store.rename("a.txt", "c.txt");
  expect(store.problem.value).toBe("The disk is full.");
  expect(store.renaming.value).toBe("a.txt");
});

test("the same name again is no rename", async () => {
  server.failure = new Error("must not be asked");
  store.startRename("a.txt");
  await store.rename("a.txt", "a.txt");
  expect(store.renaming.value).toBeNull();
  expect(store.problem.value).toBe("");
});

test("after trashing, the row below is the current one", async () => {
  store.setCurrent("a.txt");
  expect(await store.trash("a.txt")).toBe(true);
  expect(store.current.value).toBe("b.ipynb");
  await store.trash("b.ipynb");
  expect(store.current.value).toBe("data");
});

test("what is made new is the current row", async () => {
  expect(await store.create("newNotebook")).toBe("Untitled.ipynb");
  expect(store.current.value).toBe("Untitled.ipynb");
  expect(names()).toContain("Untitled.ipynb");
});

test("a file that cannot be made says why", async () => {
  server.failure = new Error("Read only.");
  expect(await store.create("newFolder")).toBeNull();
  expect(store.problem.value).toBe("Read only.");
});

test("steps stop at both ends", () => {
  store.step(-5);
  expect(store.current.value).toBe("data");
  store.step(50);
  expect(store.current.value).toBe("b.ipynb");
});

test("typing finds the next row that begins so, round the end", () => {
  const rows = ["alpha", "beta", "bravo"].map((name) => entry(name));
  expect(typeAhead(rows, 1, "b")?.name).toBe("bravo");
  expect(typeAhead(rows, 2, "b")?.name).toBe("beta");
  expect(typeAhead(rows, 1, "be")?.name).toBe("beta");
  expect(typeAhead(rows, 0, "x")).toBeUndefined();
});
