import { afterEach, expect, test, vi } from "vitest";
import type { Dropped } from "../design/drop";
import { FakeServer } from "./fakeServer";
import { type Cell, newCell } from "./model";
import { notebookDrop } from "./notebookDrop";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let server: FakeServer;
let notebook: OpenNotebook;

async function open(...cells: readonly Cell[]): Promise<void> {
  server = new FakeServer(cells);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("a.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
}
function cellElement(id: string): HTMLElement {
  const element = document.createElement("div");
  element.dataset["cell"] = id;
  element.getBoundingClientRect = () => ({ top: 100, height: 40 }) as DOMRect;
  return element;
}
const dropped = (...files: readonly File[]): Dropped => ({
  files,
  pathOf: (file) => Promise.resolve(`data/${file.name}`),
});
const png = new File(["hi"], "a.png", { type: "image/png" });
const csv = new File(["1"], "a.csv", { type: "text/csv" });

afterEach(() => {
  notebook.close();
  vi.unstubAllGlobals();
});

test("an image comes above or below the cell it is dropped on, as a line has shown", async () => {
  await open(newCell("a", "code", "1"), newCell("b", "code", "2"));
  const drop = notebookDrop(notebook);
  const element = cellElement("b");
  drop.over(element, 130);
  expect(element.dataset["drop"]).toBe("below");
  drop.over(element, 110);
  expect(element.dataset["drop"]).toBe("above");
  const [action] = drop.actions(dropped(png));
  drop.leave();
  expect(element.dataset["drop"]).toBeUndefined();
  await action?.run();
  await vi.waitFor(() => expect(server.sources).toEqual(["c:1", "m:![a.png](attachment:a.png)", "c:2"]));
});

test("a table becomes code that loads it, at the end when it is dropped beside the cells", async () => {
  await open(newCell("a", "code", "1"));
  const drop = notebookDrop(notebook);
  drop.over(document.createElement("div"), 0);
  await drop.actions(dropped(csv))[0]?.run();
  await vi.waitFor(() =>
    expect(server.sources).toEqual(["c:1", 'c:import pandas as pd\n\ndata = pd.read_csv("data/a.csv")\ndata.head()']),
  );
});

test("what a notebook can do nothing with is to be opened", async () => {
  await open(newCell("a", "code", "1"));
  const drop = notebookDrop(notebook);
  expect(drop.actions(dropped(new File([], "b.ipynb")))).toEqual([]);
  expect(drop.actions(dropped(csv, png))).toEqual([]);
});

test("a file that is not brought leaves the notebook as it was", async () => {
  await open(newCell("a", "code", "1"));
  await notebookDrop(notebook)
    .actions({ files: [csv], pathOf: () => Promise.resolve(null) })[0]
    ?.run();
  expect(server.sources).toEqual(["c:1"]);
});
