import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import type { FindStore } from "./findStore";
import type { LookAnswer, LookRequest } from "./lookThread";
import { hitsIn } from "./query";
import { openNotebook, type OpenNotebook } from "../openNotebook";

let server: FakeServer;
let notebook: OpenNotebook;
let find: FindStore;

const stream = { output_type: "stream", name: "stdout", text: "one out\n" } as const;
const here = (): unknown[] => {
  const { current, matches } = find;
  const match = current.value;
  return match === null ? [null, matches.value.length] : [match.cell, match.output, match.from, matches.value.length];
};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  server = new FakeServer([
    { ...newCell("a", "code", "one = 1\nprint(one)"), outputs: [stream] },
    newCell("b", "markdown", "# One"),
    newCell("c", "code", "two"),
    newCell("d", "code", "one"),
  ]);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("a.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
  await notebook.find.open("find");
  find = notebook.find.store.value!;
  find.close();
});

afterEach(() => {
  notebook.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the first place from the active cell on is meant, and its cell is selected", () => {
  notebook.store.selection.select("c");
  find.open("find", "one");
  expect(here()).toEqual(["d", null, 0, 5]);
  expect(notebook.store.selection.active.value).toBe("d");
});

test("going on goes round, through outputs too", () => {
  find.open("find", "one");
  const seen = [here()];
  for (let step = 0; step < 5; step++) {
    find.step(1);
    seen.push(here());
  }
  expect(seen.map(([cell, output, from]) => [cell, output, from])).toEqual([
    ["a", null, 0],
    ["a", null, 14],
    ["a", 0, 0],
    ["b", null, 2],
    ["d", null, 0],
    ["a", null, 0],
  ]);
  find.step(-1);
  expect(here()[0]).toBe("d");
});

test("a Markdown cell shows its text for what was found in it", () => {
  find.open("find");
  find.look({ text: "One", matchCase: true });
  expect([here()[0], notebook.store.editedText.value]).toEqual(["b", "b"]);
});

test("what is typed meanwhile is searched a moment later, and the place stays", () => {
  find.open("find", "one");
  find.step(1);
  notebook.document.type("c", "two one");
  expect(here()).toEqual(["a", null, 14, 5]);
  vi.advanceTimersByTime(200);
  expect(here()).toEqual(["a", null, 14, 6]);
});

test("replacing one goes on behind what was put in", () => {
  find.open("replace", "one");
  find.replace("one_one");
  expect(server.sources[0]).toBe("c:one_one = 1\nprint(one)");
  expect(here()).toEqual(["a", null, 18, 6]);
});

test("replacing all leaves outputs alone and is undone in one step", () => {
  find.open("replace", "one");
  const told = vi.fn();
  find.replaceAll("three", told);
  expect(told).toHaveBeenCalledWith(4, 3);
  expect(server.sources).toEqual(["c:three = 1\nprint(three)", "m:# three", "c:two", "c:three"]);
  notebook.undo();
  expect(server.sources).toEqual(["c:one = 1\nprint(one)", "m:# One", "c:two", "c:one"]);
});

test("several selected cells are where it looks", () => {
  notebook.store.selection.selectRange("b", "d");
  find.open("replace", "one");
  expect(find.matches.value.map((match) => match.cell)).toEqual(["b", "d"]);
  find.setWithinSelection(false);
  expect(find.matches.value).toHaveLength(5);
});

test("a wrong expression finds nothing, and closing forgets what was found", () => {
  find.open("find", "one");
  find.look({ text: "(", isRegex: true });
  expect([find.pattern.value.at, find.matches.value]).toEqual(["wrong", []]);
  find.look({ isRegex: false, text: "one" });
  find.close();
  expect([find.matches.value, find.marksOf("a")]).toEqual([[], []]);
});

/** Stands for the browser's thread: it answers a moment later, with what the real one would. */
class SoonWorker {
  onmessage: ((event: { readonly data: LookAnswer }) => void) | null = null;
  #isEnded = false;

  postMessage({ source, flags, limit, texts }: LookRequest): void {
    const regex = new RegExp(source, flags);
    const answers = texts.map(({ id, text }) => ({ id, hits: hitsIn(text, regex, limit, true) }));
    queueMicrotask(() => !this.#isEnded && this.onmessage?.({ data: { answers } }));
  }
  terminate(): void {
    this.#isEnded = true;
  }
}

test("a regular expression finds what it finds, in another thread, and its groups are put in", async () => {
  vi.stubGlobal("Worker", SoonWorker);
  find.look({ isRegex: true });
  find.open("replace", "(o)ne");
  await vi.waitFor(() => expect(here()).toEqual(["a", null, 0, 5]));
  const told = vi.fn();
  find.replaceAll("$1ver", told);
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(4, 3));
  expect(notebook.store.notebook.cells.map(({ source }) => source)).toEqual([
    "over = 1\nprint(over)",
    "# Over",
    "two",
    "over",
  ]);
});

test("going on waits until it is known where to", async () => {
  vi.stubGlobal("Worker", SoonWorker);
  find.look({ isRegex: true });
  find.open("find", "one$");
  find.step(1);
  await vi.waitFor(() => expect(here()).toEqual(["b", null, 2, 2]));
});
