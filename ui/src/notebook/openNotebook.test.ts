import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { difference } from "./difference";
import { FakeServer } from "./fakeServer";
import { type Cell, newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";
import { notebookToWire } from "./wireForm";

const PRINTED = { output_type: "stream", name: "stdout", text: "x\n" } as const;
const FIGURE = { output_type: "display_data", data: { "image/png": "AAAA" }, metadata: {} } as const;

/** What each command may need: code with outputs and a count, text with an image, something unknown, metadata. */
const CELLS: readonly Cell[] = [
  { ...newCell("a", "code", "import x\nx.y"), outputs: [PRINTED, FIGURE], execution_count: 3 },
  { ...newCell("b", "markdown", "# B"), attachments: { "i.png": { "image/png": "AAAA" } }, metadata: { tags: ["t"] } },
  { ...newCell("c", "code", "x = 1"), outputs: [PRINTED], execution_count: 4, metadata: { collapsed: true } },
  newCell("d", "raw", "raw"),
];

/** Not of the notebook, or done by the kernel or the server; or what is only looked at. */
const OTHERS =
  /^(kernel|document)\.|\.(undo|redo|run|run-.*|restart.*|copy|copy-.*|save-.*|trust|past-runs|find.*|fold.*|unfold.*)$/;

let server: FakeServer;
let notebook: OpenNotebook;

beforeEach(async () => {
  server = new FakeServer(CELLS);
  vi.stubGlobal("WebSocket", server.socketClass());
  vi.stubGlobal("navigator", {});
  notebook = openNotebook("a.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
});

afterEach(() => {
  notebook.close();
  vi.unstubAllGlobals();
});

const held = (): unknown => notebookToWire(server.notebook);
const changing = (): readonly string[] => notebook.commands.map(({ id }) => id).filter((id) => !OTHERS.test(id));

async function run(id: string): Promise<void> {
  const command = notebook.commands.find((one) => one.id === id);
  if (command?.enabled() === true) await command.run();
}

test("whatever a command does to the notebook is undone and done again, from every cell and from several", async () => {
  const done = new Set<string>();
  const before = held();
  for (const id of changing()) {
    for (const [from, to] of [
      ["a", "a"],
      ["b", "b"],
      ["c", "c"],
      ["d", "d"],
      ["b", "c"],
    ] as const) {
      notebook.clipboard.copy([newCell("p", "code", "pasted")]);
      notebook.store.selection.selectRange(from, to);
      await run(id);
      const after = held();
      if (JSON.stringify(after) === JSON.stringify(before)) continue;
      done.add(id);
      await run("notebook.undo");
      expect([id, from, held()]).toEqual([id, from, before]);
      await run("notebook.redo");
      expect([id, from, held()]).toEqual([id, from, after]);
      await run("notebook.undo");
    }
  }
  for (const id of [
    "delete-cells",
    "cut",
    "clear-outputs",
    "clear-all-outputs",
    "merge-below",
    "paste-below",
    "to-raw",
  ])
    expect(done).toContain(`notebook.${id}`);
});

test("a version that is restored, and one that comes from elsewhere, are one step back", async () => {
  const before = held();
  const other = { metadata: { other: 1 }, cells: [newCell("x", "code", "other"), CELLS[2]!] };
  notebook.change({ edits: difference(server.notebook, other) });
  expect(server.sources).toEqual(["c:other", "c:x = 1"]);
  await run("notebook.undo");
  expect(held()).toEqual(before);

  server.notebook = other;
  server.say({ type: "edits", items: [{ edit: { op: "replace_notebook", notebook: notebookToWire(other) } }] });
  await vi.waitFor(() => expect(notebook.store.order.value).toEqual(["x", "c"]));
  await run("notebook.undo");
  expect(held()).toEqual(before);
});

test("what was typed into a cell comes back with it", async () => {
  notebook.document.type("a", "typed and not sent yet");
  notebook.store.selection.select("a");
  await run("notebook.delete-cells");
  expect(server.sources.length).toBe(3);
  await run("notebook.undo");
  expect(server.sources[0]).toBe("c:typed and not sent yet");
  expect(server.notebook.cells[0]?.outputs).toEqual([PRINTED, FIGURE]);
});
