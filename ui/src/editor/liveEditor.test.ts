// @vitest-environment jsdom
// CodeMirror listens to the selection, which happy-dom tells in the middle of a change.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EditorHost, LiveEditor } from "./liveEditor";

// jsdom lays nothing out
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

let changes: [string, string][];
let editor: LiveEditor;
let parent: HTMLElement;

beforeEach(() => {
  changes = [];
  const host: EditorHost = {
    changed: (cellId, source) => void changes.push([cellId, source]),
    leave: () => undefined,
    key: () => false,
  };
  editor = new LiveEditor(host);
  parent = document.createElement("div");
  document.body.append(parent);
});

afterEach(() => {
  editor.destroy();
  parent.remove();
});

function shown(): string {
  return [...parent.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
}

test("it shows a cell where it is told to, and nothing after it was hidden", () => {
  editor.show("a", parent, "x = 1\ny", "python");
  expect([editor.cellId, shown(), parent.classList.contains("live-editor")]).toEqual(["a", "x = 1\ny", true]);
  editor.hide();
  expect([editor.cellId, parent.innerHTML, parent.classList.contains("live-editor")]).toEqual([null, "", false]);
});

test("a command of the user is told, with the whole source", () => {
  editor.show("a", parent, "x = 1", "python");
  editor.command("comment");
  expect(changes).toEqual([["a", "# x = 1"]]);
});

test("what was typed before it came is one step that can be undone, and is not told again", () => {
  editor.show("a", parent, "x = 12", "python");
  editor.focus("keep");
  editor.takeOver("x = 1", { source: "x = 12", anchor: 6, head: 6 });
  expect([shown(), changes]).toEqual(["x = 12", []]);
  editor.insert("3");
  expect(changes).toEqual([["a", "x = 123"]]);
  editor.command("undo");
  editor.command("undo");
  expect(shown()).toBe("x = 1");
});

test("what others have changed since is theirs", () => {
  editor.show("a", parent, "theirs", "python");
  editor.takeOver("", { source: "mine", anchor: 4, head: 4 });
  expect([shown(), changes]).toEqual(["theirs", []]);
});

test("a change from outside is shown and not told", () => {
  editor.show("a", parent, "one two", "python");
  editor.setSource("a", "one 2");
  expect([shown(), changes]).toEqual(["one 2", []]);
});

test("what others have overwritten comes back by one undo, as it was", () => {
  editor.show("a", parent, "", "python");
  editor.insert("first text");
  editor.setSource("a", "s", true);
  for (const more of ["sec", "second", "second text"]) editor.setSource("a", more);
  expect(changes).toEqual([["a", "first text"]]);
  editor.command("undo");
  expect(shown()).toBe("first text");
  expect(changes.at(-1)).toEqual(["a", "first text"]);
  editor.command("redo");
  expect(shown()).toBe("second text");
});

test("what others overwrite while the editor is elsewhere comes back by one undo, too", () => {
  editor.show("a", parent, "", "python");
  editor.insert("first");
  editor.show("b", parent, "b", "python");
  editor.setSource("a", "sec", true);
  editor.setSource("a", "second");
  editor.show("a", parent, "second", "python");
  editor.command("undo");
  expect(shown()).toBe("first");
});

test("each cell has a history of its own, which outlives being hidden", () => {
  editor.show("a", parent, "a", "python");
  editor.command("comment");
  editor.show("b", parent, "b", "python");
  editor.command("undo");
  expect(shown()).toBe("b");
  editor.show("a", parent, "# a", "python");
  editor.command("undo");
  expect(shown()).toBe("a");
});

test("a hidden cell that was changed elsewhere comes back changed, and the change is not the user's to undo", () => {
  editor.show("a", parent, "a", "python");
  editor.show("b", parent, "b", "python");
  editor.setSource("a", "a2");
  editor.show("a", parent, "a2", "python");
  editor.command("undo");
  expect(shown()).toBe("a2");
});

test("what it is shown with wins over what it remembers", () => {
  editor.show("a", parent, "old", "python");
  editor.hide();
  editor.show("a", parent, "new", "python");
  expect(shown()).toBe("new");
});

test("a forgotten cell has no history", () => {
  editor.show("a", parent, "a", "python");
  editor.command("comment");
  editor.forget("a");
  editor.show("a", parent, "# a", "python");
  editor.command("undo");
  expect(shown()).toBe("# a");
});

test("a cell that becomes Markdown keeps its text and gets the other label", () => {
  editor.show("a", parent, "# a", "python");
  editor.show("a", parent, "# a", "markdown");
  expect(shown()).toBe("# a");
  expect(parent.querySelector("[role=textbox]")?.getAttribute("aria-label")).toMatch(/^Markdown/);
});

test("a language that is loaded later colours the cell when it has come", async () => {
  editor.show("a", parent, "fn main() {}", "rust");
  await vi.waitFor(() => expect(parent.querySelector(".tok-keyword")?.textContent).toBe("fn"));
});

test("the cursor is told by line and column from one, and not at all while hidden", () => {
  editor.show("a", parent, "x\nyz", "python");
  editor.focus("end");
  expect(editor.cursor.value).toEqual({ line: 2, column: 3 });
  editor.hide();
  expect(editor.cursor.value).toBeNull();
});

test("line numbers are shown when asked for", () => {
  editor.show("a", parent, "x", "python", { lineNumbers: true });
  expect(parent.querySelector(".cm-lineNumbers")).not.toBeNull();
});

test("Shift+Tab shows what a name is, once more keeps it, and dedents before the text of a line", async () => {
  const calls: unknown[] = [];
  const documented = new LiveEditor({
    changed: () => undefined,
    leave: (how) => void calls.push(how),
    key: () => false,
    inspect: (code, cursor) => {
      calls.push([code, cursor]);
      return Promise.resolve({
        draw: (into) => {
          into.textContent = "the docs";
          return () => calls.push("cleared");
        },
        pin: () => void calls.push("pinned"),
      });
    },
  });
  documented.show("a", parent, "    len", "python");
  const press = (key: string, shiftKey: boolean) =>
    parent
      .querySelector(".cm-content")!
      .dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, keyCode: key === "Tab" ? 9 : 27, bubbles: true }));
  documented.focus("end");
  press("Tab", true);
  await vi.waitFor(() => expect(document.querySelector(".cm-documentation")?.textContent).toContain("the docs"));
  press("Escape", false);
  expect([calls, document.querySelector(".cm-documentation")]).toEqual([[["    len", 7], "cleared"], null]);
  press("Tab", true);
  await vi.waitFor(() => expect(document.querySelector(".cm-documentation")).not.toBeNull());
  press("Tab", true);
  expect(calls.at(-1)).toBe("pinned");
  documented.focus("start");
  press("Tab", true);
  expect(shown()).toBe("len");
  documented.destroy();
});

test("what was found is marked in the text", () => {
  editor.show("a", parent, "one two one", "python");
  editor.mark("a", [
    { from: 0, to: 3, current: false },
    { from: 8, to: 11, current: true },
  ]);
  const marks = [...parent.querySelectorAll(".found")].map((mark) => [mark.textContent, mark.className]);
  expect(marks).toEqual([
    ["one", "found"],
    ["one", "found found-now"],
  ]);
  editor.mark("a", []);
  expect(parent.querySelector(".found")).toBeNull();
});

test("Vim's keys come when they are wanted, and Escape leaves from normal mode only", async () => {
  const left: string[] = [];
  const modal = new LiveEditor({ changed: () => undefined, leave: (how) => void left.push(how), key: () => false });
  modal.show("a", parent, "one", "python", { vim: true });
  await vi.waitFor(() => expect(parent.querySelector(".cm-vimMode")).not.toBeNull());
  const press = (key: string) =>
    parent
      .querySelector(".cm-content")!
      .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  press("i");
  press("Escape");
  expect(left).toEqual([]);
  press("Escape");
  expect(left).toEqual(["escape"]);
  modal.destroy();
});
