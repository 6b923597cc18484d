import { type Signal, signal } from "@preact/signals";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FolderEntry } from "../workspace/files/filesStore";
import { App } from "./App";
import { NO_STATUS, type OpenDocument } from "./document";
import { fakeDocument, fakeShell } from "./fakeShell";
import menu from "../../public/menu.json";
import type { ShellServer } from "./server";
import type { Shell } from "./shell";

const ENTRIES: readonly FolderEntry[] = [
  { name: "work", path: "work", type: "directory" },
  { name: "a.ipynb", path: "a.ipynb", type: "notebook" },
  { name: "notes.txt", path: "notes.txt", type: "file" },
];

const STUDY = { name: "study", displayName: "Python 3.12 (study)", executable: "/usr/bin/python3", command: "" };

let root: HTMLElement;
let shell: Shell;
let unsaved: Signal<boolean>;

function fakeServer(): ShellServer {
  const entry = (path: string): FolderEntry =>
    ENTRIES.find((one) => one.path === path) ?? { name: path, path, type: "file" };
  const made = (path: string) => Promise.resolve(entry(path));
  return {
    files: {
      listFolder: (folder) => Promise.resolve(folder === "" ? ENTRIES : []),
      newNotebook: () => Promise.resolve({ name: "Untitled.ipynb", path: "Untitled.ipynb", type: "notebook" }),
      newFolder: () => made("New Folder"),
      newFile: () => made("untitled.txt"),
      duplicate: made,
      rename: (_path, to) => made(to),
      trash: () => Promise.resolve(),
    },
    running: {
      list: () => Promise.resolve([]),
      interrupt: () => Promise.resolve(),
      restart: () => Promise.resolve(),
      shutDown: () => Promise.resolve(),
      left: () => Promise.resolve([]),
      takeOver: () => Promise.resolve(),
      end: () => Promise.resolve(),
    },
    text: { read: () => Promise.reject(new Error("not asked")), write: () => Promise.resolve() },
    stat: made,
    kernels: () => Promise.resolve([]),
    pythons: () =>
      Promise.resolve({
        listPythons: () => Promise.resolve({ pythons: ["/usr/bin/python3"], environment: "/srv/.venv" }),
        useAsKernel: () => Promise.resolve(STUDY),
        makeEnvironment: () => Promise.resolve(STUDY),
      }),
    repair: (path) => Promise.resolve(`copy of ${path}`),
    createNotebook: () => Promise.resolve(),
    report: () => Promise.resolve({ versions: [["Adrastea", "0.1.0, from source"]], log: "a warning\n" }),
    takeCrash: () => Promise.resolve(true),
    copyTo: () => Promise.resolve(),
    bytes: () => Promise.resolve(new Blob()),
    upload: () => Promise.resolve(),
    workspacePath: (path: string) => Promise.resolve(path),
    fileUrl: (path) => `files/${path}`,
  };
}

function documentOf(path: string): OpenDocument {
  unsaved = signal(false);
  return fakeDocument({
    unsaved,
    status: signal({ ...NO_STATUS, kernel: { name: "Python 3", word: "idle", message: "" }, mode: "command" }),
    commands: [{ id: "notebook.run", title: "Run cell", category: "Run", enabled: () => true, run: () => undefined }],
    view: () => <p>Document {path}</p>,
  });
}

beforeEach(async () => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  shell = fakeShell(documentOf, fakeServer());
  await shell.files.show("");
  await shell.kernels.refresh();
  await act(() => render(<App shell={shell} version="0.1.0" />, root));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const button = (label: string) =>
  [...root.querySelectorAll("button")].find((one) => (one.getAttribute("aria-label") ?? one.textContent) === label)!;

test("the window is made of landmarks, with one heading", () => {
  for (const part of ["header[data-region=tabs]", "nav[data-region=rail]", "aside", "main", "footer"]) {
    expect(root.querySelectorAll(part), part).toHaveLength(1);
  }
  expect([...root.querySelectorAll("h1")].map((heading) => heading.textContent)).toEqual(["Welcome"]);
});

test("a fresh window welcomes, and says that there is no Python kernel", async () => {
  await vi.waitFor(() => expect(root.querySelector("main")?.textContent).toContain("No Python kernel found"));
});

test("without a Python kernel one is chosen by its interpreter, and told of", async () => {
  await vi.waitFor(() => expect(button("Choose interpreter…")).toBeDefined());
  await act(() => button("Choose interpreter…").click());
  await vi.waitFor(() => expect(root.querySelectorAll("dialog input[type=radio]")).toHaveLength(1));
  await act(() => root.querySelector<HTMLInputElement>("dialog input[type=radio]")!.click());
  await act(() => button("Use this Python").click());
  await vi.waitFor(() => expect(shell.toasts.shown.value[0]?.text).toBe("Python 3.12 (study) can be used now."));
  expect(root.querySelector("dialog")).toBeNull();
});

test("a file of the panel opens in a tab with its status", async () => {
  await act(() => root.querySelector<HTMLButtonElement>("[data-row][title='a.ipynb']")!.click());
  await vi.waitFor(() => expect(root.querySelector("main")?.textContent).toContain("Document a.ipynb"));
  expect(root.querySelector("footer")?.textContent).toContain("Python 3 · Idle");
  expect(root.querySelector("header [aria-current]")?.textContent).toBe("a.ipynb");
});

test("an unsaved document is marked in its tab for readers too", async () => {
  await act(() => shell.opening.open("a.ipynb"));
  await act(() => void (unsaved.value = true));
  expect(root.querySelector("header [aria-current]")?.getAttribute("aria-label")).toBe("a.ipynb, unsaved");
});

test("the middle button closes a tab", async () => {
  await act(() => shell.opening.open("a.ipynb"));
  const tab = root.querySelector("header li")!;
  await act(() => void tab.dispatchEvent(new MouseEvent("auxclick", { button: 1, bubbles: true })));
  await vi.waitFor(() => expect(root.querySelector("main")?.textContent).toContain("Kernels on this computer"));
});

test("a tab that is not active stays in the page, out of sight", async () => {
  await act(() => shell.opening.open("a.ipynb"));
  await act(() => shell.opening.open("notes.txt"));
  const shown = [...root.querySelectorAll("main > div")];
  expect(shown.map((one) => one.textContent)).toEqual(["Document a.ipynb", "Document notes.txt"]);
  expect(shown.map((one) => one.className.includes("hidden"))).toEqual([true, false]);
});

test("the palette finds a command and runs it", async () => {
  await act(() => void shell.commands.run("view.palette"));
  const box = root.querySelector<HTMLInputElement>("dialog input")!;
  await act(() => {
    box.value = "settings";
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  expect(root.querySelector("[aria-selected=true]")?.textContent).toContain("Settings");
  await act(() => void box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
  await vi.waitFor(() => expect(shell.tabs.active.value.view.kind).toBe("settings"));
  expect(shell.layer.value).toBeNull();
});

test("a slash in the palette lists files", async () => {
  await act(() => shell.showPalette("/"));
  await vi.waitFor(() => expect(root.querySelectorAll("dialog [role=option]")).toHaveLength(4));
  expect(root.querySelector("dialog")?.textContent).toContain("notes.txt");
});

test("clicking the panel that is shown hides it", async () => {
  await act(() => button("Files").click());
  expect(root.querySelector("aside")).toBeNull();
  await act(() => button("Running").click());
  await vi.waitFor(() => expect(root.querySelector("aside")?.textContent).toContain("No kernel is running."));
});

test("in a narrow window the panels are over the document, and go when a file opens", async () => {
  await act(() => shell.setNarrow(true));
  expect(root.querySelector("aside")).toBeNull();
  await act(() => void shell.commands.run("view.side-panel"));
  expect(root.querySelector("aside")).not.toBeNull();
  await act(() => shell.opening.open("a.ipynb"));
  expect(root.querySelector("aside")).toBeNull();
});

test("the keyboard map lists the commands of the window and of the document", async () => {
  await act(() => shell.show("keyboard"));
  await vi.waitFor(async () => {
    await act(async () => {
      await import("./KeyboardHelp");
    }); // its code is fetched
    expect(root.querySelector("dialog")).not.toBeNull();
  });
  expect(root.querySelector("dialog")?.textContent).toContain("Ctrl+Shift+P");
});

test("the report page shows versions and the log, says that nothing is sent, and copies", async () => {
  const copied: string[] = [];
  vi.stubGlobal("navigator", {
    userAgent: "WebKit",
    clipboard: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
  });
  await act(() => void shell.commands.run("help.report"));
  await vi.waitFor(() => expect(root.querySelector("dialog pre")?.textContent).toBe("a warning"));
  expect(root.querySelector("dialog")?.textContent).toContain("Nothing is sent anywhere.");
  await act(() => button("Copy versions").click());
  await act(() => button("Copy log").click());
  expect(copied[0]).toContain("Adrastea: 0.1.0, from source\nShown in: browser\nWeb view: WebKit\nKernels: ");
  expect(copied[1]).toBe("a warning");
  await vi.waitFor(() => expect(root.querySelector("dialog [role=status]")?.textContent).toBe("Copied."));
  vi.unstubAllGlobals();
});

test("a command that fails by a fault of ours leads to the report", async () => {
  vi.spyOn(shell.preferences, "setTheme").mockImplementation(() => {
    throw new TypeError("broken");
  });
  await act(() => void shell.commands.run("view.theme"));
  await vi.waitFor(() => expect(shell.toasts.shown.value).toHaveLength(1));
  await act(() => button("Report…").click());
  await vi.waitFor(() => expect(root.querySelector("dialog pre")?.textContent).toContain("TypeError: broken"));
  expect(shell.toasts.shown.value).toEqual([]);
});

test("every command that the menu bar names is registered, with the title that the menu has for it", () => {
  const entries = menu.flatMap((top) => top.items.filter((item) => typeof item !== "string"));
  const ofShell = entries.filter(({ command }) => !/^(notebook|kernel|document)\./.test(command));
  expect(ofShell.map(({ command }) => [command, shell.commands.find(command)?.title])).toEqual(
    ofShell.map(({ command, title }) => [command, title]),
  );
});

test("a new notebook is made in the folder that is shown, and opened", async () => {
  await act(() => void shell.commands.run("file.new-notebook"));
  await vi.waitFor(() => expect(root.querySelector("main")?.textContent).toContain("Document Untitled.ipynb"));
});

test("simple mode shows one document: no rail, no panel, below it only kernel and file", async () => {
  await act(() => shell.opening.open("a.ipynb"));
  await act(() => shell.opening.open("b.ipynb"));
  const regions = (): readonly string[] =>
    [...root.querySelectorAll<HTMLElement>("[data-region]")].map((region) => region.dataset["region"] ?? "");
  expect(regions()).toEqual(["tabs", "rail", "side", "document", "status"]);
  expect(root.querySelector("[data-part=mode]")).not.toBeNull();
  await act(() => void shell.commands.run("view.simple"));
  expect(regions()).toEqual(["tabs", "document", "status"]);
  expect([...root.querySelectorAll("[data-part]")].map((part) => part.getAttribute("data-part"))).toEqual(["kernel"]);
  expect(root.querySelector("header")?.textContent).toContain("b.ipynb");
  expect(root.querySelector("header")?.textContent).not.toContain("a.ipynb");
  await act(() => shell.toggleSide()); // lies over the document, while it is wanted
  expect(regions()).toContain("side");
  await act(() => void shell.commands.run("view.simple"));
  expect(regions()).toEqual(["tabs", "rail", "side", "document", "status"]);
});
