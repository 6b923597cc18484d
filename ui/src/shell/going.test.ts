import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPreferences } from "../workspace/settings/preferences";
import { createStorage } from "../workspace/settings/storage";
import { NO_STATUS, type OpenDocument } from "./document";
import { going, tieGoing } from "./goingSlot";
import { createBridge } from "./nativeBridge";
import type { ShellServer } from "./server";
import { Shell } from "./shell";

const here = signal({ cell: "c0", index: 0 });
let shell: Shell;
let untie: () => void;

const put = (index: number): void => void (here.value = { cell: `c${index}`, index });
const run = (id: string): Promise<boolean> => shell.commands.run(id);

beforeEach(async () => {
  const no = signal(false);
  const storage = createStorage(() => null);
  const nothing = () => Promise.resolve([]);
  put(0);
  const document_: OpenDocument = {
    unsaved: no,
    wouldLose: no,
    status: signal(NO_STATUS),
    commands: [],
    paper: null,
    drops: null,
    view: () => null,
    here,
    goTo: (cell) => put(Number(cell.slice(1))),
    save: () => Promise.resolve(true),
    renamed: () => undefined,
    close: () => undefined,
  };
  shell = new Shell({
    server: { files: { listFolder: nothing }, running: { list: nothing }, kernels: nothing } as unknown as ShellServer,
    factory: () => ({ notebook: () => Promise.resolve(document_), text: () => Promise.resolve(document_) }),
    preferences: createPreferences(storage),
    storage,
    bridge: createBridge(window),
    mac: false,
    page: document,
  });
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
