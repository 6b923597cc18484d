import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import { openNotebook, type OpenNotebook } from "../openNotebook";

let server: FakeServer;
let notebook: OpenNotebook;

const stream = { output_type: "stream", name: "stdout", text: "one out\n" } as const;
const here = (): unknown[] => {
  const { current, matches } = notebook.find;
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
});

afterEach(() => {
  notebook.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the first place from the active cell on is meant, and its cell is selected", () => {
  notebook.store.selection.select("c");
  notebook.find.open("find", "one");
  expect(here()).toEqual(["d", null, 0, 5]);
  expect(notebook.store.selection.active.value).toBe("d");
});

test("going on goes round, through outputs too", () => {
  notebook.find.open("find", "one");
  const seen = [here()];
  for (let step = 0; step < 5; step++) {
    notebook.find.step(1);
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
  notebook.find.step(-1);
  expect(here()[0]).toBe("d");
});

test("a Markdown cell shows its text for what was found in it", () => {
  notebook.find.open("find");
  notebook.find.look({ text: "One", matchCase: true });
  expect([here()[0], notebook.store.editedText.value]).toEqual(["b", "b"]);
});

test("what is typed meanwhile is searched a moment later, and the place stays", () => {
  notebook.find.open("find", "one");
  notebook.find.step(1);
  notebook.document.type("c", "two one");
  expect(here()).toEqual(["a", null, 14, 5]);
  vi.advanceTimersByTime(200);
  expect(here()).toEqual(["a", null, 14, 6]);
});

test("replacing one goes on behind what was put in", () => {
  notebook.find.open("replace", "one");
  notebook.find.replace("one_one");
  expect(server.sources[0]).toBe("c:one_one = 1\nprint(one)");
  expect(here()).toEqual(["a", null, 18, 6]);
});

test("replacing all leaves outputs alone and is undone in one step", () => {
  notebook.find.open("replace", "one");
  expect(notebook.find.replaceAll("three")).toEqual({ places: 4, cells: 3 });
  expect(server.sources).toEqual(["c:three = 1\nprint(three)", "m:# three", "c:two", "c:three"]);
  notebook.undo();
  expect(server.sources).toEqual(["c:one = 1\nprint(one)", "m:# One", "c:two", "c:one"]);
});

test("several selected cells are where it looks", () => {
  notebook.store.selection.selectRange("b", "d");
  notebook.find.open("replace", "one");
  expect(notebook.find.matches.value.map((match) => match.cell)).toEqual(["b", "d"]);
  notebook.find.setWithinSelection(false);
  expect(notebook.find.matches.value).toHaveLength(5);
});

test("a wrong expression finds nothing, and closing forgets what was found", () => {
  notebook.find.open("find", "one");
  notebook.find.look({ text: "(", isRegex: true });
  expect([notebook.find.pattern.value.at, notebook.find.matches.value]).toEqual(["wrong", []]);
  notebook.find.look({ isRegex: false, text: "one" });
  notebook.find.close();
  expect([notebook.find.matches.value, notebook.find.marksOf("a")]).toEqual([[], []]);
});
