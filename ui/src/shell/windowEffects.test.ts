import { type Signal, signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStorage, type Storage } from "../workspace/settings/storage";
import { fakeDocument, fakeShell } from "./fakeShell";
import { keptTabs } from "./keptTabs";
import type { Shell } from "./shell";
import { hasUnsaved, tieToWindow } from "./windowEffects";

let shell: Shell;
let session: Storage;
let wouldLose: Signal<boolean>;
let untie: () => void;

beforeEach(() => {
  session = createStorage(() => null);
  wouldLose = signal(false);
  shell = fakeShell(fakeDocument({ unsaved: signal(true), wouldLose }));
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
