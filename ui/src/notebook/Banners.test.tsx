import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Banners } from "./Banners";
import type { KernelStatus } from "./documentMessages";
import { openNotebook, type OpenNotebook } from "./openNotebook";

let root: HTMLElement;
let notebook: OpenNotebook;
let ran: string[];

/** A server that never answers. */
class SilentSocket extends EventTarget {
  readonly readyState = 0;
  close(): void {
    return undefined;
  }
}

beforeEach(async () => {
  root = document.createElement("div");
  document.body.append(root);
  ran = [];
  vi.stubGlobal("WebSocket", SilentSocket);
  notebook = openNotebook("a.ipynb", { run: (command) => void ran.push(command) });
  await act(() => render(<Banners notebook={notebook} />, root));
});

afterEach(() => {
  render(null, root);
  root.remove();
  notebook.close();
  vi.unstubAllGlobals();
});

const said = (): readonly string[] => [...root.querySelectorAll("[data-banner]")].map((one) => one.textContent);
const labels = (): readonly string[] => [...root.querySelectorAll("button")].map((one) => one.textContent);
const kernel = (changes: Partial<KernelStatus>): void =>
  notebook.store.setKernel({ ...notebook.store.kernel.peek(), ...changes });

test("a kernel that died can be started again, up to the cell that one is at", async () => {
  notebook.store.finished({ cell: "one", status: "died", seconds: 1 });
  await act(() => kernel({ state: "dead", message: "The kernel was killed." }));
  expect(labels()).toEqual(["Choose another kernel", "Restart and run to here", "Restart"]);
  await act(() => root.querySelectorAll("button")[1]!.click());
  expect(ran).toEqual(["kernel.restart-and-run-here"]);
});

test("cells that waited for a kernel that died are spoken of", async () => {
  notebook.runHistory.finished({ cell: "two", status: "skipped", seconds: null });
  await act(() => kernel({ state: "dead", message: "The kernel was killed." }));
  expect(said()[0]).toContain("Cells that waited for it were not run.");
});

test("a kernel that never ran anything is not run to anywhere", async () => {
  await act(() => kernel({ state: "dead", message: "The kernel ended while it started." }));
  expect(labels()).toEqual(["Choose another kernel", "Restart"]);
});

test("a kernel that does not start is told once, though the page has asked for it too", async () => {
  await act(() => {
    notebook.store.notify("Its program was not found.");
    kernel({ state: "none", message: "Its program was not found." });
  });
  expect(said()).toHaveLength(1);
  expect(labels()).toEqual(["Try again", "Choose another kernel"]);
});

test("what cannot be saved can be saved elsewhere", async () => {
  const status = notebook.store.document.peek();
  await act(() => notebook.store.setDocument({ ...status, state: "failed", message: "The disk is full." }));
  expect(labels()).toEqual(["Save as…", "Try again"]);
  await act(() => notebook.store.setDocument({ ...status, state: "unsaved", writable: false }));
  expect(labels()).toEqual(["Save as…"]);
  await act(() => root.querySelectorAll("button")[0]!.click());
  expect(ran).toEqual(["file.save-as"]);
});
