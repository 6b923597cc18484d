/** The German sentences beside the English ones: as many, with the same arguments, and really another language. */
import { expect, test } from "vitest";
import { de } from "./index";
import { bannersText } from "../banners";
import { cellPageText } from "../cellPage";
import { conflictText } from "../conflict";
import { dragText } from "../drag";
import { editorText } from "../editor";
import { en } from "../en";
import { exportingText } from "../exporting";
import { findText } from "../find";
import { helpText } from "../help";
import { historyText } from "../history";
import { inspectorText } from "../inspector";
import { kernelChooserText } from "../kernelChooser";
import { kernelSetupText } from "../kernelSetup";
import { keySettingsText } from "../keySettings";
import { manyOutputsText } from "../manyOutputs";
import { markdownText } from "../markdown";
import { notebookText } from "../notebook";
import { outlineText } from "../outline";
import { outputsText } from "../outputs";
import { packageInstallText } from "../packageInstall";
import { pdfText } from "../pdf";
import { reportText } from "../report";
import { unitsText } from "../units";
import { welcomeText } from "../welcome";
import { widgetStateText } from "../widgetState";
import { widgetsText } from "../widgets";
import { wireText } from "../wire";
import { workspaceText } from "../workspace";

const ENGLISH: Readonly<Record<keyof typeof de, object>> = {
  banners: bannersText,
  cellPage: cellPageText,
  conflict: conflictText,
  drag: dragText,
  editor: editorText,
  exporting: exportingText,
  find: findText,
  help: helpText,
  history: historyText,
  inspector: inspectorText,
  kernelChooser: kernelChooserText,
  kernelSetup: kernelSetupText,
  keySettings: keySettingsText,
  manyOutputs: manyOutputsText,
  markdown: markdownText,
  notebook: notebookText,
  outline: outlineText,
  outputs: outputsText,
  packageInstall: packageInstallText,
  pdf: pdfText,
  report: reportText,
  shell: en,
  units: unitsText,
  welcome: welcomeText,
  widgetState: widgetStateText,
  widgets: widgetsText,
  wire: wireText,
  workspace: workspaceText,
};
const FILES = import.meta.glob<string>(["../*.ts", "!../*.test.ts"], { query: "?raw", import: "default", eager: true });
/** Where both languages have the same word, or a name. */
const SAME =
  /^(HTML|LaTeX|CSV|SVG|PNG|JPEG|JSON|GeoJSON|JavaScript|Adrastea|PDF|Start|Name|Status|Filter|Versionen?|Code|Markdown|Text|Kernel|Notebook|Widgets|stderr|px|or|Esc|Alt|Tab|Strg|Browser|Zoom)?$/;

/** Every text with its path: functions are named by how many arguments they take. */
function texts(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, "function"]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** What holds no sentences: the language itself, and the ways to write numbers and keys. */
const MACHINERY = ["foreign", "formats", "keyNames", "language", "plural", "sentenceOf", "size"];

test("every file of sentences is translated", () => {
  const named = Object.entries(FILES).map(([path, source]) => {
    const file = /(\w+)\.ts$/.exec(path)?.[1] ?? "";
    return MACHINERY.includes(file) ? null : (/translated\("(\w+)"/.exec(source)?.[1] ?? `${file} is not translated`);
  });
  expect(named.filter((name) => name !== null).toSorted()).toEqual(Object.keys(de).toSorted());
});

test("German says what English says: no sentence less, none more", () => {
  const paths = (language: object): readonly string[] =>
    texts(language, "")
      .map(([path]) => path)
      .toSorted();
  expect(paths(de)).toEqual(paths(ENGLISH));
});

test("no sentence is English in both", () => {
  const english = new Map(texts(ENGLISH, ""));
  const same = texts(de, "").filter(([path, text]) => text !== "function" && english.get(path) === text);
  expect(same.filter(([, text]) => !SAME.test(text))).toEqual([]);
});
