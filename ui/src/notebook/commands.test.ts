import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import menu from "../../public/menu.json";
import { cellsToText } from "./clipboard";
import { FakeServer } from "./fakeServer";
import { newCell } from "./model";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let server: FakeServer;
let notebook: OpenNotebook;

const start = (id: string): Promise<void> => {
  const command = notebook.commands.find((one) => one.id === id);
  if (command?.enabled() !== true) throw new Error(`${id} cannot run now`);
  return Promise.resolve(command.run());
};
const run = (id: string): void => void start(id);
const canRun = (id: string): boolean => notebook.commands.find((one) => one.id === id)?.enabled() ?? false;
const select = (place: number): void => notebook.store.selection.select(notebook.store.order.value[place]!);
const selected = (): readonly number[] =>
  notebook.store.selection.selected.value.map((id) => notebook.store.order.value.indexOf(id));
const asked = (): unknown[] => server.asked.map(({ type, cells }) => [type, cells]);

beforeEach(async () => {
  server = new FakeServer([newCell("a", "code", "1"), newCell("b", "markdown", "# B"), newCell("c", "code", "3")]);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("a.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
});

afterEach(() => {
  notebook.close();
  vi.unstubAllGlobals();
});

describe("running", () => {
  test("goes on to the next cell", () => {
    run("notebook.run-and-advance");
    expect([asked(), selected(), notebook.store.selection.mode.value]).toEqual([[["run", ["a"]]], [1], "command"]);
  });

  test("the last cell makes a new one, to be typed in at once", () => {
    select(2);
    run("notebook.run-and-advance");
    expect(server.sources).toEqual(["c:1", "m:# B", "c:3", "c:"]);
    expect([selected(), notebook.store.selection.mode.value]).toEqual([[3], "edit"]);
  });

  test("sends what was typed before, so that the document's text is run", () => {
    notebook.document.type("a", "print(1)");
    run("notebook.run");
    expect([server.sources[0], asked()]).toEqual(["c:print(1)", [["run", ["a"]]]]);
  });

  test("leaves edit mode and stays", () => {
    notebook.store.selection.edit("a");
    run("notebook.run");
    expect([selected(), notebook.store.selection.mode.value]).toEqual([[0], "command"]);
  });

  test("and inserting puts a cell behind the one that is run", () => {
    run("notebook.run-and-insert");
    expect([server.sources, selected()]).toEqual([["c:1", "c:", "m:# B", "c:3"], [1]]);
  });

  test("means the cells that the command names, and code only", () => {
    select(1);
    for (const part of ["all", "all-above", "all-below"]) run(`notebook.run-${part}`);
    expect(asked()).toEqual([
      ["run", ["a", "c"]],
      ["run", ["a"]],
      ["run", ["c"]],
    ]);
  });

  test("a text renders it, and asks the kernel for nothing", () => {
    select(1);
    notebook.store.showText("b");
    run("notebook.run");
    expect([asked(), notebook.store.editedText.value]).toEqual([[], null]);
  });
});

describe("cells", () => {
  test("are inserted above and below, deleted, and brought back", () => {
    select(1);
    run("notebook.insert-above");
    expect([server.sources, selected()]).toEqual([["c:1", "c:", "m:# B", "c:3"], [1]]);
    run("notebook.insert-below");
    expect(selected()).toEqual([2]);
    run("notebook.undo");
    run("notebook.undo");
    expect(server.sources).toEqual(["c:1", "m:# B", "c:3"]);
    run("notebook.redo");
    expect(server.sources).toEqual(["c:1", "c:", "m:# B", "c:3"]);
  });

  test("are cut and pasted with ids of their own", async () => {
    run("notebook.cut");
    expect(server.sources).toEqual(["m:# B", "c:3"]);
    select(1);
    await start("notebook.paste-below");
    await start("notebook.paste-above");
    expect(server.sources).toEqual(["m:# B", "c:3", "c:1", "c:1"]);
    expect(new Set(server.notebook.cells.map((cell) => cell.id)).size).toBe(4);
  });

  test("that another program has copied are pasted", async () => {
    const text = cellsToText([newCell("x", "raw", "from elsewhere")]);
    vi.stubGlobal("navigator", { clipboard: { readText: () => Promise.resolve(text) } });
    await start("notebook.paste-below");
    expect(server.sources[1]).toBe("r:from elsewhere");
  });

  test("that are not there are not pasted, and it is said", async () => {
    vi.stubGlobal("navigator", {});
    await start("notebook.paste-below");
    expect([server.sources.length, notebook.store.notice.value?.message]).toEqual([
      3,
      "There are no cells to paste. Copy some first.",
    ]);
  });

  test("change their type, become headings, move, are duplicated and merged", () => {
    run("notebook.heading-2");
    run("notebook.move-down");
    expect([server.sources, selected()]).toEqual([["m:# B", "m:## 1", "c:3"], [1]]);
    run("notebook.duplicate");
    run("notebook.to-raw");
    run("notebook.merge-above");
    expect(server.sources).toEqual(["m:# B", "m:## 1\n\n## 1", "c:3"]);
  });

  test("several are merged into the first", () => {
    notebook.store.selection.selectAll();
    run("notebook.merge-below");
    expect(server.sources).toEqual(["c:1\n# B\n3"]);
  });

  test("are hidden and shown, cleared one by one and all together", () => {
    const output = { output_type: "stream", name: "stdout", text: "x" } as const;
    for (const cell of ["a", "c"]) notebook.document.edit([{ op: "append_output", cell, output }]);
    run("notebook.toggle-output");
    expect(server.notebook.cells[0]?.metadata).toEqual({ jupyter: { outputs_hidden: true } });
    run("notebook.clear-outputs");
    expect(server.notebook.cells.map((cell) => cell.outputs?.length)).toEqual([0, undefined, 1]);
    run("notebook.clear-all-outputs");
    expect(server.notebook.cells[2]?.outputs).toEqual([]);
    run("notebook.undo");
    expect(server.notebook.cells[2]?.outputs).toEqual([output]);
  });
});

describe("sections", () => {
  beforeEach(() => {
    const more = [newCell("d", "markdown", "## D"), newCell("e", "code", "5"), newCell("f", "markdown", "# F")];
    more.forEach((cell, at) => notebook.document.edit([{ op: "insert_cell", after: more[at - 1]?.id ?? "c", cell }]));
    select(1);
    run("notebook.fold");
  });

  test("are folded and passed over", () => {
    expect(server.notebook.cells[1]?.metadata).toEqual({ "jp-MarkdownHeadingCollapsed": true });
    run("notebook.select-next");
    expect(selected()).toEqual([5]);
    run("notebook.select-previous");
    expect(selected()).toEqual([1]);
    run("notebook.unfold");
    run("notebook.select-next");
    expect(selected()).toEqual([2]);
  });

  test("go as a whole where their folded heading goes", () => {
    run("notebook.move-up");
    expect(server.sources).toEqual(["m:# B", "c:3", "m:## D", "c:5", "c:1", "m:# F"]);
    run("notebook.undo");
    run("notebook.move-down");
    expect(server.sources).toEqual(["c:1", "m:# F", "m:# B", "c:3", "m:## D", "c:5"]);
    run("notebook.run");
    expect(asked().at(-1)).toEqual(["run", ["c", "e"]]);
    run("notebook.delete-cells");
    expect(server.sources).toEqual(["c:1", "m:# F"]);
  });

  test("open for what is gone to in them", () => {
    select(4);
    expect(selected()).toEqual([4]);
    expect(server.notebook.cells[1]?.metadata).toEqual({});
  });

  test("that are folded with the active cell in them give their heading the selection", () => {
    run("notebook.unfold");
    select(4);
    run("notebook.fold-all");
    expect(selected()).toEqual([1]);
  });

  test("are gone through, and Left leads to the heading above", () => {
    run("notebook.unfold");
    select(0);
    const path = ["next-section", "next-section", "next-section", "next-section", "previous-section"];
    const places = path.map((step) => {
      run(`notebook.${step}`);
      return selected()[0];
    });
    expect(places).toEqual([1, 3, 5, 5, 3]);
    select(4);
    run("notebook.fold");
    expect(selected()).toEqual([3]);
  });
});

describe("the selection", () => {
  test("goes to neighbours and ends, and stops there", () => {
    const path = [
      "select-next",
      "select-next",
      "select-next",
      "select-previous",
      "first-cell",
      "select-previous",
      "last-cell",
    ];
    const places = path.map((step) => {
      run(`notebook.${step}`);
      return selected();
    });
    expect(places).toEqual([[1], [2], [2], [1], [0], [0], [2]]);
  });

  test("is extended, is everything, and is one cell again after Escape", () => {
    run("notebook.extend-next");
    expect(selected()).toEqual([0, 1]);
    run("notebook.select-all");
    expect(selected()).toEqual([0, 1, 2]);
    run("notebook.command-mode");
    expect(selected()).toHaveLength(1);
  });

  test("Enter edits, Escape leaves", () => {
    run("notebook.edit-mode");
    expect(notebook.store.selection.mode.value).toBe("edit");
    run("notebook.command-mode");
    expect(notebook.store.selection.mode.value).toBe("command");
  });
});

describe("the file", () => {
  test("is saved and reloaded by the server, and overwritten where it has changed", () => {
    run("document.save");
    run("document.reload");
    expect(canRun("document.overwrite")).toBe(false);
    server.say({ type: "document", state: "changed_on_disk", message: "", at: null, path: "a.ipynb", writable: true });
    return vi.waitFor(() => {
      expect([canRun("document.overwrite"), canRun("document.compare")]).toEqual([true, true]);
      expect(server.asked.map(({ type }) => type)).toEqual(["save", "reload"]);
    });
  });

  test("that cannot be saved now says so", async () => {
    server.drop();
    await start("document.save");
    expect(notebook.store.announced.value.text).toMatch(/Not connected.*saved/);
  });
});

describe("without a connection", () => {
  const refused = (): readonly string[] =>
    notebook.commands.filter((command) => (command.refusal?.() ?? "") !== "").map(({ id }) => id);

  test("what the server does is refused with the reason, until it is back; editing goes on", async () => {
    expect(refused()).toEqual([]);
    server.drop();
    for (const id of ["notebook.run", "notebook.run-all", "kernel.restart", "document.save", "document.export-html"]) {
      expect(refused()).toContain(id);
    }
    await start("kernel.restart");
    expect(notebook.store.announced.value.text).toMatch(/^Not connected/);
    expect(refused().filter((id) => /insert|delete|undo|select|find|to-markdown/.test(id))).toEqual([
      "notebook.run-and-insert",
      "notebook.run-selected",
    ]);
    notebook.document.retryNow();
    await vi.waitFor(() => expect(refused()).toEqual([]));
  });

  test("a text is rendered as ever", () => {
    select(1);
    notebook.store.showText("b");
    server.drop();
    expect(refused()).not.toContain("notebook.run-and-advance");
    run("notebook.run-and-advance");
    expect([notebook.store.editedText.value, selected()]).toEqual([null, [2]]);
  });
});

test("every command has an id of its own, words and a heading", () => {
  const ids = notebook.commands.map((command) => command.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(notebook.commands.filter(({ title, category }) => title === "" || category === "")).toEqual([]);
});

test("nothing can be done before the notebook is there", () => {
  const closed = openNotebook("b.ipynb");
  expect(closed.commands.filter((command) => command.enabled())).toEqual([]);
  closed.close();
});

test("every command of notebooks that the menu bar names exists, with the title that the menu has for it", () => {
  const entries = menu.flatMap((top) => top.items.filter((item) => typeof item !== "string"));
  const ours = entries.filter(({ command }) => /^(notebook|kernel|document)\./.test(command));
  const title = (id: string) => notebook.commands.find((command) => command.id === id)?.title;
  const known = ours.filter(({ command }) => command !== "document.print"); // the shell's
  expect(known.map(({ command }) => [command, title(command)])).toEqual(
    known.map(({ command, title }) => [command, title]),
  );
});
