import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeServer } from "./fakeServer";
import { type Cell, newCell } from "./model";
import { NotebookView } from "./NotebookView";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let root: HTMLElement;
let server: FakeServer;
let notebook: OpenNotebook;
let ran: string[];

/** There is no layout in this page: the view is given a height, and every cell has the one that is estimated. */
async function open(cells: readonly Cell[]): Promise<void> {
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  server = new FakeServer(cells);
  vi.stubGlobal("WebSocket", server.socketClass());
  notebook = openNotebook("folder/n.ipynb", { run: (id) => void ran.push(id) });
  await act(() => render(<NotebookView notebook={notebook} />, root));
  await act(() => vi.waitFor(() => expect(notebook.store.load.value.at).not.toBe("loading")));
}
const say = (message: Record<string, unknown>): Promise<void> =>
  act(() => {
    server.say(message);
    vi.advanceTimersByTime(20); // a frame
  });
const mounted = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-cell]")];
const cell = (place: number): HTMLElement => root.querySelector<HTMLElement>(`[aria-posinset="${place}"]`)!;
const text = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

beforeEach(() => {
  ran = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  notebook.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("cells are a list for readers, with their places among all of them", async () => {
  await open([newCell("a", "code", "1"), newCell("b", "markdown", "text"), newCell("c", "raw", "x")]);
  expect(root.querySelector("[role=list]")?.getAttribute("aria-label")).toMatch(/^Cells of /);
  expect(mounted().map((one) => [one.role, one.getAttribute("aria-setsize"), one.getAttribute("aria-label")])).toEqual([
    ["listitem", "3", "Code cell 1 of 3, not run"],
    ["listitem", "3", "Markdown cell 2 of 3"],
    ["listitem", "3", "Raw cell 3 of 3"],
  ]);
});

test("of a thousand cells only those near the view are in the page", async () => {
  await open(Array.from({ length: 1_000 }, (_, place) => newCell(`c${place}`, "code", `x = ${place}`)));
  expect(mounted().length).toBeGreaterThan(8);
  expect(mounted().length).toBeLessThan(60);
  expect(root.querySelector("[role=list]")?.childElementCount).toBe(1_000);
});

test("the active cell stays in the page, wherever it is", async () => {
  await open(Array.from({ length: 500 }, (_, place) => newCell(`c${place}`, "code", `x = ${place}`)));
  await act(() => notebook.store.selection.select("c400"));
  expect(mounted().at(-1)?.dataset["cell"]).toBe("c400");
});

test("code is there as static text, coloured, before any editor", async () => {
  await open([newCell("a", "code", "import os")]);
  await act(() => notebook.store.selection.select("a"));
  expect(root.querySelector("pre.static-code .tok-keyword")?.textContent).toBe("import");
});

test("one cell is a tab stop", async () => {
  await open([newCell("a", "code"), newCell("b", "code", "2"), newCell("c", "code", "3")]);
  await act(() => notebook.store.selection.select("b"));
  expect(mounted().map((one) => one.tabIndex)).toEqual([-1, 0, -1]);
  expect(document.activeElement).toBe(cell(2));
});

describe("a cell", () => {
  const output = { output_type: "stream", name: "stdout", text: "hello\n" } as const;

  test("shows its count, its place in the queue, and that it runs", async () => {
    await open([{ ...newCell("a", "code", "1"), execution_count: 5 }, newCell("b", "code", "2")]);
    expect(text(cell(1))).toContain("[5]");
    await say({ type: "run", running: "a", queued: ["b"], started_at: null });
    expect([text(cell(1)), text(cell(2))]).toEqual([
      expect.stringMatching(/\[\*\]0\.\d s/),
      expect.stringContaining("[*]1st"),
    ]);
    expect(cell(1).getAttribute("aria-label")).toBe("Code cell 1 of 2, running");
  });

  test("shows outputs as they come, and says that it has failed", async () => {
    await open([newCell("a", "code", "1")]);
    const error = { output_type: "error", ename: "ValueError", evalue: "no", traceback: ["ValueError: no"] };
    await say({
      type: "edits",
      items: [output, error].map((one) => ({ edit: { op: "append_output", cell: "a", output: one } })),
    });
    expect(text(cell(1))).toContain("hello");
    expect(cell(1).getAttribute("aria-label")).toContain("has an error");
    expect(text(cell(1))).toContain("Error");
  });

  test("with hidden outputs says so", async () => {
    const hidden = { ...newCell("a", "code", "1"), outputs: [output], metadata: { jupyter: { outputs_hidden: true } } };
    await open([hidden]);
    expect(text(cell(1))).toContain("Output hidden");
    expect(text(cell(1))).not.toContain("hello");
  });

  test("that waits for input has a field under it", async () => {
    await open([newCell("a", "code", "input()"), newCell("b", "code", "2")]);
    await say({ type: "input_request", cell: "a", prompt: "Name?", password: false });
    const field = cell(1).querySelector("input");
    expect(text(cell(1))).toContain("Name?");
    field!.value = "Ada";
    await act(() => void field!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
    expect(server.asked).toEqual([{ type: "input", value: "Ada" }]);
    await say({ type: "input_done" });
    expect(cell(1).querySelector("input")).toBeNull();
  });

  test("is selected by a press, with Shift up to it", async () => {
    await open([newCell("a", "markdown", "1"), newCell("b", "markdown", "2"), newCell("c", "markdown", "3")]);
    await act(() => void cell(2).dispatchEvent(new MouseEvent("mousedown", { bubbles: true })));
    await act(() => void cell(3).dispatchEvent(new MouseEvent("mousedown", { bubbles: true, shiftKey: true })));
    expect(notebook.store.selection.selected.value).toEqual(["b", "c"]);
  });

  test("has a button that runs it alone", async () => {
    await open([newCell("a", "code", "1"), newCell("b", "code", "2")]);
    await act(() => cell(2).querySelector<HTMLElement>("[aria-label='Run this cell']")!.click());
    expect(server.asked).toEqual([{ type: "run", cells: ["b"] }]);
  });
});

describe("what stands in the way", () => {
  const banner = (): string => text(root.querySelector("[data-banner]"));
  const press = (label: string): Promise<void> =>
    act(() => [...root.querySelectorAll("button")].find((one) => one.textContent === label)!.click());

  test("a dead kernel: its cause, its log, and how to go on", async () => {
    await open([newCell("a", "code", "1")]);
    await say({ type: "kernel", ...server.kernel, state: "dead", message: "It was killed.", log: "Killed" });
    expect(banner()).toContain("It was killed.");
    await press("Show its log");
    expect(root.querySelector("[data-banner] pre")?.textContent).toBe("Killed");
    await press("Choose another kernel");
    expect(ran).toEqual(["kernel.change"]);
  });

  test("a kernel that did not start", async () => {
    await open([newCell("a", "code", "1")]);
    await say({ type: "kernel", ...server.kernel, id: null, state: "none", message: "No such kernel." });
    expect(banner()).toContain("No such kernel.");
  });

  test("a file that has changed on disk, and one that cannot be written", async () => {
    await open([newCell("a", "code", "1")]);
    const file = { type: "document", message: "", at: null, path: "n.ipynb", writable: true };
    await say({ ...file, state: "changed_on_disk" });
    expect(banner()).toContain("has changed on disk");
    await press("Keep mine");
    await press("Reload");
    expect(ran).toEqual(["document.overwrite", "document.reload"]);
    await say({ ...file, state: "failed", message: "The disk is full." });
    expect(banner()).toContain("The disk is full.");
  });

  test("what a crash had left, until the user has chosen", async () => {
    await open([newCell("a", "code", "1")]);
    const file = { type: "document", state: "saved", message: "", at: null, path: "n.ipynb", writable: true };
    await say({ ...file, restored: { at: "2026-01-02T03:04:05Z", shown: "restored" } });
    expect(banner()).toMatch(/ended before this notebook was saved.*2026/);
    await press("Show the saved version");
    await say({ ...file, restored: { at: "2026-01-02T03:04:05Z", shown: "saved" } });
    expect(banner()).toContain("the version that had been saved");
    await press("Show what was restored");
    await press("Keep this");
    expect(server.asked).toEqual([
      { type: "show", version: "saved" },
      { type: "show", version: "restored" },
      { type: "settle" },
    ]);
    await say({ ...file, restored: null });
    expect(banner()).toBe("");
  });

  test("what was merged, until the user has chosen", async () => {
    await open([newCell("a", "code", "mine"), newCell("b", "code", "theirs")]);
    const file = { type: "document", state: "saved", message: "", at: null, path: "n.ipynb", writable: true };
    const combined = { at: null, taken: 1, undecided: [{ cell: "b", why: "changed" }] };
    await say({ ...file, combined: { ...combined, shown: "merged" } });
    expect(banner()).toContain("1 cell came from there");
    expect(banner()).toContain("look at 1 cell that both had changed");
    expect(document.body.textContent).toContain("the file's version of the cell above");
    await press("Show mine");
    await say({ ...file, combined: { ...combined, shown: "mine" } });
    expect(banner()).toContain("your version");
    expect(document.body.textContent).not.toContain("the file's version of the cell above");
    await press("Show the file's version");
    await press("Show both together");
    await press("Keep this");
    expect(server.asked).toEqual([
      { type: "show", version: "mine" },
      { type: "show", version: "disk" },
      { type: "show", version: "merged" },
      { type: "settle" },
    ]);
  });

  test("a lost connection", async () => {
    await open([newCell("a", "code", "1")]);
    await act(() => server.drop());
    expect(banner()).toContain("Not connected");
  });
});

test("a notebook without cells says so and takes the keyboard", async () => {
  await open([]);
  expect(text(root)).toContain("This notebook has no cells.");
  expect(root.querySelector("[role=list]")?.parentElement?.tabIndex).toBe(0);
});

test("a fresh notebook is to be typed in at once", async () => {
  await open([newCell("a", "code")]);
  expect(notebook.store.selection.mode.value).toBe("edit");
  expect(text(root)).toContain("Type code. Shift+Enter runs it.");
});
