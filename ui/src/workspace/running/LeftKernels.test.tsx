import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { LeftKernels } from "./LeftKernels";
import { type LeftKernel, RunningStore } from "./runningStore";

const LEFT: LeftKernel = {
  name: "x",
  displayName: "Python 3",
  notebooks: ["a.ipynb", "b.ipynb"],
  memory: 120_000_000,
  folder: "data",
  since: new Date(2026, 10, 26, 14, 2),
  runs: true,
  reach: "reachable",
};

async function show(kernels: readonly LeftKernel[], acted: string[] = []): Promise<HTMLElement> {
  const nothing = () => Promise.resolve();
  const store = new RunningStore({
    list: () => Promise.resolve([]),
    interrupt: nothing,
    restart: nothing,
    shutDown: nothing,
    left: () => Promise.resolve(kernels),
    takeOver: nothing,
    end: nothing,
  });
  await store.refresh();
  const root = document.createElement("div");
  await act(() =>
    render(<LeftKernels store={store} act={(what, { name }) => void acted.push(`${what} ${name}`)} />, root),
  );
  return root;
}

test("a kernel that nobody has is shown with its notebooks and its memory, and two things can be done", async () => {
  const acted: string[] = [];
  const root = await show([LEFT], acted);
  expect(root.textContent).toContain("a.ipynb, b.ipynb");
  expect(root.querySelector("li")?.textContent).toMatch(/Python 3 · 120 MB.*data.*2:02.*A cell was running/);
  await act(() => root.querySelectorAll<HTMLButtonElement>("li button").forEach((button) => button.click()));
  expect(acted).toEqual(["takeOver x", "end x"]);
});

test("one that does not answer can only be ended, one elsewhere forgotten, one of a newer version not even that", async () => {
  const deeds = async (kernel: LeftKernel) =>
    [...(await show([kernel])).querySelectorAll("li button")].map((button) => button.textContent);
  expect(await deeds({ ...LEFT, reach: "unreachable", notebooks: [] })).toEqual(["End"]);
  expect(await deeds({ ...LEFT, reach: "elsewhere" })).toEqual(["Forget"]);
  expect(await deeds({ ...LEFT, reach: "later", displayName: "", memory: 0, folder: "", since: null })).toEqual([]);
});

test("where there is none, nothing is shown", async () => {
  expect((await show([])).textContent).toBe("");
});
