import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { RunningPanel } from "./RunningPanel";
import { type RunningKernel, RunningStore } from "./runningStore";

const KERNEL: RunningKernel = {
  sessionId: "s",
  kernelId: "k",
  path: "work/a.ipynb",
  displayName: "Python 3",
  state: "busy",
};

async function show(kernels: readonly RunningKernel[], acted: string[] = []): Promise<HTMLElement> {
  const nothing = () => Promise.resolve();
  const store = new RunningStore({
    list: () => Promise.resolve(kernels),
    interrupt: nothing,
    restart: nothing,
    shutDown: nothing,
    left: () => Promise.resolve([]),
    takeOver: nothing,
    end: nothing,
  });
  await store.refresh();
  const root = document.createElement("div");
  await act(() =>
    render(
      <RunningPanel
        store={store}
        open={(path) => void acted.push(`open ${path}`)}
        act={(what) => void acted.push(what)}
        actOnLeft={(what) => void acted.push(what)}
      />,
      root,
    ),
  );
  return root;
}

test("a kernel is shown with its notebook, its name and its state in a word", async () => {
  const root = await show([KERNEL]);
  expect(root.querySelector("li")?.textContent).toContain("a.ipynb");
  expect(root.querySelector("li")?.textContent).toContain("Python 3 · Busy");
});

test("no kernel is said in words", async () => {
  expect((await show([])).textContent).toContain("No kernel is running.");
});

test("the three actions and the notebook are buttons with names", async () => {
  const acted: string[] = [];
  const root = await show([KERNEL], acted);
  await act(() => root.querySelectorAll<HTMLButtonElement>("li button").forEach((button) => button.click()));
  expect(acted).toEqual(["open work/a.ipynb", "interrupt", "restart", "shutDown"]);
});

test("an idle kernel cannot be interrupted", async () => {
  const root = await show([{ ...KERNEL, state: "idle" }]);
  expect(root.querySelector<HTMLButtonElement>("[aria-label^=Interrupt]")?.disabled).toBe(true);
});
