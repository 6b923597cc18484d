import { expect, test } from "vitest";
import { type DocumentStatus, type KernelWord, NO_STATUS } from "./document";
import { statusParts, windowTitle } from "./statusText";

const AT = new Date(2026, 4, 1, 14, 2);
const NOTEBOOK: DocumentStatus = {
  ...NO_STATUS,
  kernel: { name: "Python 3", word: "idle", message: "" },
  save: { word: "saved", at: AT, message: "" },
  mode: "command",
  cursor: { line: 3, column: 9 },
};

const words = (status: DocumentStatus) => statusParts(status).map((part) => part.text);

test("a notebook at rest: kernel, save, mode", () => {
  expect(words(NOTEBOOK)).toEqual(["Python 3 · Idle", "Saved 14:02", "Command"]);
});

test("the caret's place is shown in edit mode only", () => {
  expect(words({ ...NOTEBOOK, mode: "edit" })).toContain("Ln 3, Col 9");
  expect(words(NOTEBOOK)).not.toContain("Ln 3, Col 9");
});

test("waiting cells are counted", () => {
  expect(words({ ...NOTEBOOK, queued: 3 })).toContain("3 queued");
});

test("a kernel that died is an error with its cause", () => {
  const dead = { ...NOTEBOOK, kernel: { name: "Python 3", word: "dead", message: "killed by signal 9" } } as const;
  expect(statusParts(dead)[0]).toMatchObject({ text: "Python 3 · Died", tone: "error", title: "killed by signal 9" });
});

test("no kernel is a word, a text file says nothing about kernels", () => {
  expect(words({ ...NOTEBOOK, kernel: { name: "", word: "none", message: "" } })[0]).toBe("No kernel");
  expect(words({ ...NOTEBOOK, kernel: null, mode: null })[0]).toMatch(/^Saved/);
});

test("scripts that do not run are said", () => {
  expect(words({ ...NOTEBOOK, scriptsOff: true })).toContain("Not trusted (scripts in outputs off)");
  expect(words(NOTEBOOK).join()).not.toContain("trusted");
});

test("a lost connection is said, a good one is not", () => {
  expect(words({ ...NOTEBOOK, connection: { word: "reconnecting", seconds: 4 } })).toContain("Reconnecting in 4 s");
  expect(statusParts(NOTEBOOK).some((part) => part.id === "connection")).toBe(false);
});

test("a kernel that cannot be reached is not said to be idle, and less than a second is one", () => {
  const lost = { ...NOTEBOOK, connection: { word: "reconnecting", seconds: 0.25 } } as const;
  expect(words(lost)).toEqual(["Python 3 · Disconnected", "Saved 14:02", "Command", "Reconnecting in 1 s"]);
  expect(words({ ...lost, kernel: { name: "", word: "none", message: "" } })[0]).toBe("No kernel");
});

test("what rests has a ring, what works a disc, what changes dots", () => {
  const glyph = (word: KernelWord) =>
    statusParts({ ...NOTEBOOK, kernel: { name: "Python 3", word, message: "" } })[0]?.glyph;
  expect((["idle", "busy", "input", "starting", "interrupting"] as const).map(glyph)).toEqual([
    "ring",
    "disc",
    "disc",
    "dots",
    "dots",
  ]);
});

test("the title tells document, folder and what is unsaved", () => {
  const parts = { name: "a.ipynb", folder: "work", among: false, unsaved: false, status: NOTEBOOK };
  expect(windowTitle(parts)).toBe("a.ipynb - work");
  expect(windowTitle({ ...parts, unsaved: true })).toBe("* a.ipynb - work");
  expect(windowTitle({ ...parts, folder: "" })).toBe("a.ipynb - Adrastea");
  expect(windowTitle({ ...parts, name: null })).toBe("work - Adrastea");
  expect(windowTitle({ ...parts, name: null, folder: "" })).toBe("Adrastea");
});

test("the title of a running notebook begins with busy", () => {
  const busy = { ...NOTEBOOK, kernel: { name: "Python 3", word: "busy", message: "" } } as const;
  const parts = { name: "a.ipynb", folder: "work", unsaved: true, status: busy };
  expect(windowTitle({ ...parts, among: false })).toBe("(busy) a.ipynb");
  expect(windowTitle({ ...parts, among: true })).toBe("(busy) a.ipynb - work");
});
