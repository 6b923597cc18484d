import { beforeEach, expect, test, vi } from "vitest";
import { chooseFile, chooseFolder, saveAs } from "./choosing";
import type { OpenDocument } from "./document";
import { fakeDocument, fakeShell } from "./fakeShell";
import { createBridge } from "./nativeBridge";
import type { Shell } from "./shell";

let copies: string[];
let existing: Set<string>;

function newShell(
  dialogs?: Record<string, (...values: never[]) => Promise<unknown>>,
  ownFolder: string | null = null,
  different: Partial<OpenDocument> = {},
): Shell {
  const page = {
    document,
    addEventListener: () => undefined,
    ...(dialogs && { pywebview: { api: dialogs } }),
  } as unknown as Window;
  const server = {
    stat: (path: string) =>
      existing.has(path)
        ? Promise.resolve({ name: path, path, type: path === "work" ? ("directory" as const) : ("file" as const) })
        : Promise.reject(new Error("not there")),
    copyTo: (from: string, to: string) => {
      copies.push(`${from} → ${to}`);
      return Promise.resolve();
    },
    text: {
      read: () => Promise.reject(new Error("not read")),
      write: (path: string, text: string) => {
        copies.push(`“${text}” → ${path}`);
        return Promise.resolve();
      },
    },
  };
  return fakeShell({ ...fakeDocument(), ...different }, server, { bridge: createBridge(page), ownFolder });
}

beforeEach(() => {
  copies = [];
  existing = new Set(["work"]);
});

test("a browser chooses files in the palette, from the folder that is shown", async () => {
  const shell = newShell();
  await chooseFile(shell);
  expect(shell.layer.value).toEqual({ at: "palette", initial: "/" });
});

test("the native window chooses in the system's dialog", async () => {
  const shell = newShell({
    open_file_dialog: () => Promise.resolve(["/home/me/a.ipynb", "/home/me/b.ipynb"]),
  });
  await chooseFile(shell);
  expect(shell.tabs.tabs.value.map((tab) => ("path" in tab.view ? tab.view.path : ""))).toEqual([
    "home/me/a.ipynb",
    "home/me/b.ipynb",
  ]);
});

test.each([
  ["", [], ["open /srv", "close"]],
  ["", ["a.ipynb"], ["open /srv"]],
  ["home", [], ["open /srv"]],
])("a folder is a window of its own; an empty one without a folder has had its time", async (own, open, told) => {
  const heard: string[] = [];
  const note = (text: string): Promise<void> => Promise.resolve(void heard.push(text));
  const api = {
    open_folder_dialog: () => Promise.resolve("/srv"),
    open_window: (folder: string) => note(`open ${folder}`),
    close_window: () => note("close"),
  };
  const shell = newShell(api, own);
  for (const path of open) await shell.opening.open(path);
  await chooseFolder(shell);
  expect(heard).toEqual(told);
});

test("saving as writes a copy beside the file and opens it", async () => {
  const shell = newShell();
  await shell.opening.open("work/a.ipynb");
  const saved = saveAs(shell);
  shell.dialogs.open.value[0]?.answer("ok", "b.ipynb");
  await saved;
  expect(copies).toEqual(["work/a.ipynb → work/b.ipynb"]);
  expect(shell.tabs.active.value.view).toMatchObject({ path: "work/b.ipynb" });
});

test("what its own file does not take is written under the other name as it stands here", async () => {
  const mine = { save: () => Promise.resolve(false), content: () => Promise.resolve("mine") };
  const shell = newShell(undefined, null, mine);
  await shell.opening.open("work/a.ipynb");
  const saved = saveAs(shell);
  shell.dialogs.open.value[0]?.answer("ok", "b.ipynb");
  await saved;
  expect(copies).toEqual(["“mine” → work/b.ipynb"]);
});

test("a file that is there is replaced only after a yes", async () => {
  existing.add("b.ipynb");
  const shell = newShell();
  await shell.opening.open("a.ipynb");
  const saved = saveAs(shell);
  shell.dialogs.open.value[0]?.answer("ok", "b.ipynb");
  await vi.waitFor(() => expect(shell.dialogs.open.value[0]?.title).toBe("Replace b.ipynb?"));
  shell.dialogs.open.value[0]?.answer(null, "");
  await saved;
  expect(copies).toEqual([]);
});

test("no name is no copy", async () => {
  const shell = newShell({ save_file_dialog: () => Promise.resolve(null) });
  await shell.opening.open("a.ipynb");
  await saveAs(shell);
  expect(copies).toEqual([]);
});
