// @vitest-environment jsdom
// CodeMirror listens to the selection, which happy-dom tells in the middle of a change.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTextEditor } from "./mountEditor";
import { TextFileStore } from "./textFileStore";

// jsdom lays nothing out
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;

let parent: HTMLElement;
let store: TextFileStore;

beforeEach(async () => {
  parent = document.createElement("div");
  document.body.append(parent);
  store = new TextFileStore("a.py", {
    read: (path) => Promise.resolve({ path, text: "print(1)\n", mimetype: null, writable: true, size: 9 }),
    write: () => Promise.resolve(),
  });
  await store.open();
});

afterEach(() => parent.remove());

test("the editor shows the text, with a name for readers and the place of the caret", async () => {
  const editor = createTextEditor();
  const unmount = editor.mount(parent, store);
  await vi.waitFor(() => expect(parent.textContent).toContain("print(1)"));
  expect(parent.querySelector(".cm-content")?.getAttribute("aria-label")).toBe("Text of a.py");
  expect(editor.cursor.value).toEqual({ line: 1, column: 1 });
  unmount();
  expect(parent.querySelector(".cm-editor")).toBeNull();
  expect(editor.cursor.value).toBeNull();
});

test("an editor that is taken out before it has loaded never comes", async () => {
  const editor = createTextEditor();
  editor.mount(parent, store)();
  await import("../../editor/liveEditor");
  await Promise.resolve();
  expect(parent.querySelector(".cm-editor")).toBeNull();
});

test("the caret goes to a line that was asked for before the editor came, and to one asked for later", async () => {
  store.setText("one\ntwo\nthree\n");
  const editor = createTextEditor();
  const unmount = editor.mount(parent, store);
  editor.goToLine(2);
  await vi.waitFor(() => expect(editor.cursor.value).toEqual({ line: 2, column: 1 }));
  editor.goToLine(99);
  expect(editor.cursor.value?.line).toBe(4);
  unmount();
});
