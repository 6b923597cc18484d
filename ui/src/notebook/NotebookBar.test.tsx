import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NotebookBar } from "./NotebookBar";
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

/** The page of the tests has no layout: every element is as wide as this. */
async function show(width: number): Promise<void> {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(width);
  await act(() => render(<NotebookBar notebook={notebook} />, root));
}

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  ran = [];
  vi.stubGlobal("WebSocket", SilentSocket);
  notebook = openNotebook("a.ipynb", { run: (command) => void ran.push(command) });
});

afterEach(() => {
  render(null, root);
  root.remove();
  notebook.close();
  vi.unstubAllGlobals();
});

const labels = () =>
  [...root.querySelectorAll("button")].map((one) => one.getAttribute("aria-label") ?? one.textContent);

test("a wide bar has everything in sight", async () => {
  await show(900);
  expect(labels()).toEqual([
    "Save",
    "Insert cell below",
    "Run cell and go on",
    "Interrupt the kernel",
    "Restart the kernel",
    "Run all cells",
    "Cell type",
    "Kernel: No kernel not started",
  ]);
});

test("a short bar keeps running and the kernel, the rest is in one menu", async () => {
  await show(400);
  expect(labels()).toEqual([
    "Run cell and go on",
    "Interrupt the kernel",
    "More actions",
    "Kernel: No kernel not started",
  ]);
});

test("its buttons run commands by the shell's registry", async () => {
  await show(900);
  await act(() => root.querySelectorAll("button")[0]!.click());
  expect(ran).toEqual(["document.save"]);
});
