import { beforeEach, expect, test } from "vitest";
import type { Command } from "../design/command";
import { bindingsOf, type FocusPlace, Keymap, placeOf } from "./keymap";
import type { KeyPress } from "./keys";

function command(id: string, keys: readonly string[], more: Partial<Command> = {}): Command {
  return { id, title: id, category: "Test", keys, enabled: () => true, run: () => undefined, ...more };
}

function press(key: string, more: Partial<KeyPress> & { repeat?: boolean; target?: EventTarget } = {}) {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

const COMMANDS = [
  command("notebook.run-and-advance", ["Shift+Enter"]),
  command("notebook.edit-mode", ["Enter"], { when: "command" }),
  command("notebook.command-mode", ["Escape", "Mod+M"], { when: "edit" }),
  command("notebook.delete-cells", ["D D"], { when: "command" }),
  command("notebook.insert-below", ["B"], { when: "command" }),
  command("notebook.split", ["Mod+Shift+-"], { when: "edit" }),
  command("document.save", ["Mod+S", "S"]),
  command("view.palette", ["Mod+Shift+P", "F1", "P"]),
];

let keymap: Keymap;

function run(event: ReturnType<typeof press>, place: FocusPlace, now = 0): string {
  const resolution = keymap.resolve(event, place, now);
  return resolution.at === "run" ? resolution.command.id : resolution.at;
}

beforeEach(() => {
  const bindings = bindingsOf(COMMANDS);
  keymap = new Keymap(() => bindings, false);
});

test("Shift-Enter runs in both modes of a notebook and nowhere else", () => {
  const event = press("Enter", { shiftKey: true });
  expect(run(event, "command")).toBe("notebook.run-and-advance");
  expect(run(event, "edit")).toBe("notebook.run-and-advance");
  expect(run(event, "elsewhere")).toBe("none");
  expect(run(event, "field")).toBe("none");
  expect(run(event, "layer")).toBe("none");
});

test("single letters act in command mode only", () => {
  expect(run(press("b"), "command")).toBe("notebook.insert-below");
  expect(run(press("s"), "command")).toBe("document.save");
  for (const place of ["edit", "field", "elsewhere", "layer"] as const) expect(run(press("s"), place)).toBe("none");
});

test("a text field keeps its keys but for accelerators of the window", () => {
  expect(run(press("s", { ctrlKey: true }), "field")).toBe("document.save");
  expect(run(press("F1"), "field")).toBe("view.palette");
  expect(run(press("Enter"), "field")).toBe("none");
});

test("in an editor, Escape and plain keys belong to the editor", () => {
  expect(run(press("Escape"), "edit")).toBe("none");
  expect(run(press("m", { ctrlKey: true }), "edit")).toBe("notebook.command-mode");
});

test("a key of edit mode does nothing in command mode", () => {
  const split = press("_", { code: "Minus", ctrlKey: true, shiftKey: true });
  expect(run(split, "edit")).toBe("notebook.split");
  expect(run(split, "command")).toBe("none");
});

test("a chord needs both strokes within 800 ms", () => {
  expect(run(press("d"), "command", 0)).toBe("waiting");
  expect(keymap.pending.value).toBe("D");
  expect(run(press("d"), "command", 800)).toBe("notebook.delete-cells");
  expect(run(press("d"), "command", 1000)).toBe("waiting");
  expect(run(press("d"), "command", 1801)).toBe("waiting");
});

test("holding the key down does not complete a chord", () => {
  expect(run(press("d"), "command", 0)).toBe("waiting");
  expect(run(press("d", { repeat: true }), "command", 50)).toBe("waiting");
  expect(run(press("d"), "command", 100)).toBe("notebook.delete-cells");
  expect(run(press("d", { repeat: true }), "command", 150)).toBe("none");
});

test("another key after the first stroke is a key of its own", () => {
  run(press("d"), "command", 0);
  expect(run(press("b"), "command", 100)).toBe("notebook.insert-below");
  expect(keymap.pending.value).toBeNull();
});

test("a focused button keeps Enter and Space, not Shift-Enter", () => {
  const button = document.createElement("button");
  expect(run(press("Enter", { target: button }), "command")).toBe("none");
  expect(run(press("Enter", { shiftKey: true, target: button }), "command")).toBe("notebook.run-and-advance");
});

test("the first command to name a key keeps it", () => {
  const bindings = bindingsOf([command("one", ["F2"]), command("two", ["F2", "F3"])]);
  expect(bindings.map((binding) => binding.command.id)).toEqual(["one", "two"]);
  expect(bindings[1]?.strokes).toEqual(["F3"]);
});

test("the focus tells fields, layers, editors and the document apart", () => {
  document.body.innerHTML = `
    <main data-region="document"><div id="cell" tabindex="-1"></div><input id="stdin">
      <div class="cm-editor"><div id="editor" contenteditable="true"></div></div></main>
    <main data-region="document"><aside data-region="inspector"><ul id="outline" tabindex="0"></ul></aside></main>
    <main data-region="document"><div data-keys="own"><button id="widget"></button></div></main>
    <aside><ul id="files" tabindex="0"></ul><input id="box" type="checkbox"></aside>
    <dialog><button id="ok"></button></dialog>`;
  const place = (id: string) => placeOf(document.getElementById(id));
  expect(place("cell")).toBe("command");
  expect(place("editor")).toBe("edit");
  expect(place("stdin")).toBe("field");
  expect(place("widget")).toBe("field");
  expect(place("files")).toBe("elsewhere");
  expect(place("outline")).toBe("elsewhere");
  expect(place("box")).toBe("elsewhere");
  expect(place("ok")).toBe("layer");
  expect(placeOf(document.body)).toBe("command");
});
