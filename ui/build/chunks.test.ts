import { expect, test } from "vitest";
import { isShown, layerNames } from "./chunks";

const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  "/ui/src/start.ts": ["/ui/theme.ts"],
  "/ui/src/i18n/de/index.ts": ["/ui/de.ts", "/ui/plural.ts"],
  "/ui/src/main.tsx": ["/ui/theme.ts", "/ui/preact.js", "/ui/en.ts", "/ui/App.module.css"],
  "/ui/en.ts": ["/ui/plural.ts"],
  "/ui/src/shell/NotebookDocument.tsx": ["/ui/preact.js", "/ui/highlight.js", "/ui/src/shell/NotebookDocument.tsx"],
  "/ui/src/editor/liveEditor.ts": ["/ui/highlight.js", "/ui/codemirror.js", "/ui/editor.css"],
};
const graph = { getModuleInfo: (id: string) => ({ importedIds: IMPORTS[id] ?? [] }) };

test.each([
  ["/ui/theme.ts", "start"],
  ["/ui/src/main.tsx", "page"],
  ["/ui/preact.js", "page"], // of the first layer that needs it
  ["/ui/src/shell/NotebookDocument.tsx", "NotebookDocument"],
  ["/ui/highlight.js", "NotebookDocument"],
  ["/ui/codemirror.js", "editor"],
  ["/ui/App.module.css", "start"], // one file of styles
  ["/ui/editor.css", "editor"],
  ["/ui/plural.ts", "start"], // German comes before the page
  ["/ui/de.ts", null],
  ["/ui/lazy.ts", null],
])("%s is of the layer %s", (id, layer) => {
  expect(layerNames("/ui")(id, graph)).toBe(layer);
});

test("what is on the screen first is told from what comes later", () => {
  expect(["start", "NotebookDocument", "editor", "going"].map(isShown)).toEqual([true, true, false, false]);
});
