import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeDocument, fakeShell } from "./fakeShell";
import { going, tieGoing } from "./goingSlot";
import type { Shell } from "./shell";

const here = signal({ cell: "c0", index: 0 });
let shell: Shell;
let untie: () => void;

const put = (index: number): void => void (here.value = { cell: `c${index}`, index });
const run = (id: string): Promise<boolean> => shell.commands.run(id);

beforeEach(async () => {
  put(0);
  shell = fakeShell(fakeDocument({ here, goTo: (cell) => put(Number(cell.slice(1))) }));
  untie = tieGoing(shell, window);
  await shell.opening.open("a.ipynb");
  window.dispatchEvent(new Event("pointerdown"));
  await vi.waitFor(() => expect(going.value).not.toBeNull());
});

afterEach(() => untie());

test("from a cell far away one comes back to the one before, and steps do not count", async () => {
  expect(shell.commands.canRun("go.back")).toBe(false);
  put(1);
  put(9);
  put(10);
  expect(shell.commands.canRun("go.forward")).toBe(false);
  await run("go.back");
  expect([here.value.index, shell.commands.canRun("go.back")]).toEqual([1, false]);
  await run("go.forward");
  expect(here.value.index).toBe(10);
});

test("another document is another place", async () => {
  put(5);
  await shell.opening.open("b.ipynb");
  await run("go.back");
  expect(shell.tabs.active.value.view).toMatchObject({ path: "a.ipynb" });
  expect(here.value.index).toBe(5);
});

test("the mouse's own buttons go back and forward, and the page stays", async () => {
  put(9);
  const press = (button: number): boolean =>
    window.dispatchEvent(new MouseEvent("mouseup", { button, cancelable: true }));
  expect([press(3), press(0)]).toEqual([false, true]);
  await vi.waitFor(() => expect(here.value.index).toBe(0));
  expect(press(4)).toBe(false);
  await vi.waitFor(() => expect(here.value.index).toBe(9));
});
