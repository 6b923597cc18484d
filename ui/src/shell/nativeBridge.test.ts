import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { createBridge } from "./nativeBridge";

function page(api?: Record<string, (...args: string[]) => Promise<unknown>>): Window {
  const events = new EventTarget();
  const addEventListener = events.addEventListener.bind(events);
  const dispatchEvent = events.dispatchEvent.bind(events);
  return { document, addEventListener, dispatchEvent, ...(api ? { pywebview: { api } } : {}) } as unknown as Window;
}

test("a browser has no system dialogs, and asking for one gives nothing", async () => {
  const bridge = createBridge(page());
  expect(bridge.isNative()).toBe(false);
  expect(await bridge.openFileDialog()).toEqual([]);
  expect(await bridge.openFolderDialog()).toBeNull();
  expect(await bridge.saveFileDialog("a.ipynb")).toBeNull();
});

test("what the window's dialog answers comes back as paths", async () => {
  const bridge = createBridge(
    page({
      open_file_dialog: () => Promise.resolve(["a.ipynb", "b.ipynb"]),
      open_folder_dialog: () => Promise.resolve(["folder"]),
      save_file_dialog: (name) => Promise.resolve(`folder/${name}`),
    }),
  );
  expect(bridge.isNative()).toBe(true);
  expect(await bridge.openFileDialog()).toEqual(["a.ipynb", "b.ipynb"]);
  expect(await bridge.openFolderDialog()).toBe("folder");
  expect(await bridge.saveFileDialog("c.ipynb")).toBe("folder/c.ipynb");
});

test("a cancelled dialog is nothing, whatever the window calls it", async () => {
  for (const nothing of [null, undefined, [], "", [null]]) {
    const bridge = createBridge(page({ open_file_dialog: () => Promise.resolve(nothing) }));
    expect(await bridge.openFileDialog()).toEqual([]);
  }
});

test("the title is the page's too, also when the window refuses", () => {
  const bridge = createBridge(page({ set_title: () => Promise.reject(new Error("gone")) }));
  bridge.setTitle("a.ipynb - work");
  expect(document.title).toBe("a.ipynb - work");
});

test("the folder of the log is the window's to show, and no business of a browser", () => {
  let shown = 0;
  createBridge(page({ open_log_folder: () => Promise.resolve((shown += 1)) })).openLogFolder();
  createBridge(page()).openLogFolder();
  expect(shown).toBe(1);
});

test("a page learns that it is in a window a moment after it has begun", () => {
  const late = page();
  const bridge = createBridge(late);
  const seen: boolean[] = [];
  const stop = effect(() => void seen.push(bridge.isNative()));
  late.dispatchEvent(new Event("pywebviewready"));
  stop();
  expect(seen).toEqual([false, true]);
});

test("a window that appears later is found", async () => {
  const late = page() as Window & { pywebview?: unknown };
  const bridge = createBridge(late);
  late.pywebview = { api: { open_file_dialog: () => Promise.resolve(["a.ipynb"]) } };
  expect(await bridge.openFileDialog()).toEqual(["a.ipynb"]);
});

test("logging out leads to an address of this server", () => {
  const gone: string[] = [];
  const left = { location: { assign: (url: URL) => gone.push(url.href) } };
  const browser = {
    addEventListener: () => undefined,
    document: { baseURI: "http://127.0.0.1:8888/nb/?path=a" },
    ...left,
  };
  createBridge(browser as unknown as Window).logOut();
  expect(gone).toEqual(["http://127.0.0.1:8888/nb/logout"]);
});

test("windows are opened and closed by the window itself, and the menu is told to it", async () => {
  const told: unknown[] = [];
  const note =
    (name: string) =>
    (...values: unknown[]) =>
      Promise.resolve(told.push([name, ...values]));
  const bridge = createBridge(
    page({ open_window: note("open"), close_window: note("close"), show_menu: note("menu") }),
  );
  bridge.openWindow("/home/me");
  bridge.openWindow(null);
  bridge.closeWindow();
  bridge.showMenu("[]");
  await Promise.resolve();
  expect(told).toEqual([["open", "/home/me"], ["open", null], ["close"], ["menu", "[]"]]);
});
