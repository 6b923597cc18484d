import { afterEach, expect, test, vi } from "vitest";
import { textCommands } from "./textCommands";

const run = (id: string, mac = false): void => {
  void textCommands(document, mac)
    .find((command) => command.id === id)
    ?.run();
};

afterEach(() => document.body.replaceChildren());

function focused(): HTMLInputElement {
  const field = document.createElement("input");
  document.body.append(field);
  field.focus();
  return field;
}

test("what has the focus gets the key, and may do it in its own way", () => {
  const executed = vi.fn();
  Object.assign(document, { execCommand: executed });
  const keys: unknown[] = [];
  focused().addEventListener("keydown", (event) => {
    keys.push([event.key, event.code, event.ctrlKey, event.metaKey, event.shiftKey]);
    event.preventDefault();
  });
  run("edit.undo");
  run("edit.redo", true);
  expect(keys).toEqual([
    ["z", "KeyZ", true, false, false],
    ["z", "KeyZ", false, true, true],
  ]);
  expect(executed).not.toHaveBeenCalled();
});

test("where nobody takes the key the browser does it", () => {
  const executed = vi.fn(() => true);
  Object.assign(document, { execCommand: executed });
  focused();
  for (const id of ["edit.undo", "edit.redo", "edit.cut", "edit.copy", "edit.paste", "edit.select-all"]) run(id);
  expect((executed.mock.calls as unknown[][]).map(([how]) => how)).toEqual([
    "undo",
    "redo",
    "cut",
    "copy",
    "paste",
    "selectAll",
  ]);
});

test("where the browser does not paste, the text of the clipboard is inserted", async () => {
  const executed: unknown[][] = [];
  Object.assign(document, { execCommand: (...values: unknown[]) => executed.push(values) > 1 });
  vi.stubGlobal("navigator", { clipboard: { readText: () => Promise.resolve("copied") } });
  focused();
  run("edit.paste");
  await vi.waitFor(() => expect(executed[1]).toEqual(["insertText", false, "copied"]));
  vi.unstubAllGlobals();
});
