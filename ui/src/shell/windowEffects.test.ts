import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPreferences } from "../workspace/settings/preferences";
import { createStorage, type Storage } from "../workspace/settings/storage";
import { NO_STATUS, type OpenDocument } from "./document";
import { createBridge } from "./nativeBridge";
import type { ShellServer } from "./server";
import { Shell } from "./shell";
import { keptTabs } from "./keptTabs";
import { hasUnsaved, tieToWindow } from "./windowEffects";

let shell: Shell;
let session: Storage;
let wouldLose: ReturnType<typeof signal<boolean>>;
let untie: () => void;

beforeEach(() => {
  const storage = createStorage(() => null);
  session = createStorage(() => null);
  wouldLose = signal<boolean>(false);
  const document_: OpenDocument = {
    unsaved: signal(true),
    wouldLose: wouldLose as OpenDocument["wouldLose"],
    status: signal(NO_STATUS),
    commands: [],
    paper: null,
    drops: null,
    view: () => null,
    save: () => Promise.resolve(true),
    renamed: () => undefined,
    close: () => undefined,
  };
  const nothing = () => Promise.resolve([]);
  shell = new Shell({
    server: { files: { listFolder: nothing }, running: { list: nothing }, kernels: nothing } as unknown as ShellServer,
    factory: () => ({ notebook: () => Promise.resolve(document_), text: () => Promise.resolve(document_) }),
    preferences: createPreferences(storage),
    storage,
    bridge: createBridge(window),
    mac: false,
    page: document,
  });
  untie = tieToWindow(shell, window, session);
});

afterEach(() => {
  untie();
  delete document.documentElement.dataset["theme"];
});

test("a chosen theme is on the root element, the system's is not", () => {
  shell.preferences.setTheme("dark");
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  shell.preferences.setTheme("system");
  expect(document.documentElement.dataset["theme"]).toBeUndefined();
});

test("the title follows the active document", async () => {
  expect(document.title).toBe("Adrastea");
  await shell.opening.open("work/a.ipynb");
  expect(document.title).toBe("* a.ipynb - work");
});

test("open tabs are kept over a reload, with the active one", async () => {
  await shell.opening.open("a.ipynb");
  await shell.opening.open("b.ipynb");
  await shell.opening.open("a.ipynb");
  expect(keptTabs(session)).toEqual({ paths: ["a.ipynb", "b.ipynb"], active: "a.ipynb", folder: "" });
});

test("a restored tab wakes when it is activated", async () => {
  shell.opening.restore(["a.ipynb", "b.ipynb"]);
  await shell.opening.open("a.ipynb");
  const [first, second] = shell.tabs.tabs.value;
  expect([first?.view.kind, second?.view.kind]).toEqual(["notebook", "asleep"]);
  shell.tabs.activate(second!.id);
  await vi.waitFor(() => expect(shell.tabs.tabs.value.map((tab) => tab.view.kind)).toEqual(["notebook", "notebook"]));
});

test("nonsense in the storage is no tabs", () => {
  session.write("tabs", { paths: "x", active: 3 });
  expect(keptTabs(session)).toEqual({ paths: [], active: null, folder: null });
});

test("the window is not closed unasked while work would be lost", async () => {
  await shell.opening.open("a.ipynb");
  const leave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(leave()).toBe(true);
  wouldLose.value = true;
  expect(hasUnsaved(shell)).toBe(true);
  expect(leave()).toBe(false);
});
