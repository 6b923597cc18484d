import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fakeServer";
import { newCell } from "../model";
import { openNotebook, type OpenNotebook } from "../openNotebook";
import { HistoryDialogs } from "./HistoryDialogs";

const OUTPUT = { output_type: "stream", name: "stdout", text: "then\n" } as const;
const run = (id: string, status: string, memory: number | null) => ({
  id,
  cell: "a",
  started: `2026-11-26T10:00:0${id}Z`,
  seconds: 1.5,
  status,
  execution_count: Number(id),
  memory,
  size: 12,
  whole: id !== "1",
});
const VERSION = {
  metadata: {},
  cells: Array.from({ length: 30 }, (_, place) => newCell(`v${place}`, "code", `old = ${place}`)),
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  "/cells/a": [run("2", "error", 120_000_000), run("1", "ok", null)],
  "/runs/2": { ...run("2", "error", null), source: "then = 2", outputs: [OUTPUT] },
  "/runs/1": { ...run("1", "ok", null), source: "now", outputs: [] },
  "/n.ipynb": [{ id: "v", last_modified: "2026-11-26T10:00:00Z", size: 1234 }],
  "/versions/v": VERSION,
};

let root: HTMLElement;
let notebook: OpenNotebook;

beforeEach(async () => {
  root = document.createElement("div");
  document.body.append(root);
  vi.stubGlobal("WebSocket", new FakeServer([newCell("a", "code", "now")]).socketClass());
  vi.stubGlobal("fetch", (url: URL) => {
    const found = Object.entries(ANSWERS).find(([end]) => url.pathname.endsWith(end));
    return Promise.resolve(new Response(JSON.stringify(found?.[1] ?? {}), { status: found === undefined ? 404 : 200 }));
  });
  notebook = openNotebook("n.ipynb");
  await vi.waitFor(() => expect(notebook.store.load.value.at).toBe("ready"));
  await act(() => render(<HistoryDialogs notebook={notebook} />, root));
});

afterEach(() => {
  render(null, root);
  root.remove();
  notebook.close();
  vi.unstubAllGlobals();
});

const text = (element: Element | null | undefined): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
const options = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[role=option]")];
const button = (label: string): HTMLButtonElement | undefined =>
  [...root.querySelectorAll("button")].find((one) => text(one) === label);
const shown = (): string => text(root.querySelector("[role=region]"));
const press = (label: string): Promise<void> => act(() => button(label)?.click());

async function openRuns(): Promise<void> {
  await act(() => notebook.pastRuns.open("n.ipynb", "a"));
}

test("runs are listed with how long, with what memory and how they ended, and the newest is shown", async () => {
  await openRuns();

  expect(options().map(text)).toEqual([
    expect.stringMatching(/\[2\] · 1\.5 s · 120 MB of memory ?Error$/),
    expect.stringMatching(/\[1\] · 1\.5 s$/),
  ]);
  expect(shown()).toContain("then = 2");
  expect(shown()).toContain("then");
});

test("a run is compared with the cell as it is now", async () => {
  await openRuns();
  await press("What has changed since");

  expect(shown()).toContain("− then = 2");
  expect(shown()).toContain("+ now");
  expect(shown()).toContain("Outputs− then");
});

test("the keys go through the list", async () => {
  await openRuns();
  const down = new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true });
  await act(() => void options()[0]?.dispatchEvent(down));
  await act(() =>
    vi.waitFor(() => expect(notebook.pastRuns.chosen.value).toMatchObject({ at: "ready", run: { id: "1" } })),
  );

  expect(options().map((one) => one.getAttribute("aria-selected"))).toEqual(["false", "true"]);
  expect(shown()).toContain("too large to be kept whole");
});

test("the source comes back alone, or with the outputs, and each can be undone", async () => {
  await openRuns();
  await press("Restore source");
  expect(notebook.store.cell("a")?.value).toMatchObject({ source: "then = 2", outputs: [] });
  expect(notebook.pastRuns.runs.value.at).toBe("closed");
  notebook.undo();
  expect(notebook.store.cell("a")?.value.source).toBe("now");

  await openRuns();
  await press("Restore source and outputs");
  expect(notebook.store.cell("a")?.value).toMatchObject({ source: "then = 2", outputs: [OUTPUT], execution_count: 2 });
  notebook.undo();
  expect(notebook.store.cell("a")?.value).toMatchObject({ source: "now", outputs: [], execution_count: null });
});

test("a version is shown as it was, some cells at a time", async () => {
  await act(() => notebook.versions.open("n.ipynb"));
  expect(options().map(text)).toEqual([expect.stringMatching(/1\.2 KB$/)]);
  expect(shown()).toContain("− old = 0");
  await press("Preview");

  expect(shown()).toContain("old = 19");
  expect(shown()).not.toContain("old = 20");
  await press("Show 10 more cells");
  expect(shown()).toContain("old = 29");
});
