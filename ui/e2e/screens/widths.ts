/** Section 3 again, where there is little room: narrow windows, large print, long names, the compact density. */
import { expect } from "vitest";
import { notebookText, python } from "../notebooks";
import type { OpenNotebook } from "../openNotebook";
import type { ApplicationPage } from "../page";
import { printed } from "./code";
import type { Stage, Walk } from "./walk";

const LONG = "An interpreter with a very long name, as environments have them (conda-env-forecasting-py)";
const LONG_FILE = "a notebook with a name that is longer than any tab would like it to be, version 12 (copy).ipynb";

const CONTENT = notebookText([
  {
    markdown:
      "# Rainfall\n\nMonthly sums of the station on the hill, in millimetres, with `code` and a [link](x.ipynb).",
  },
  { code: "import statistics\n\nrain = [61, 44, 58, 39, 72, 90]", count: 3 },
  { code: "statistics.mean(rain)  # a line that is longer than a narrow window is wide", count: 1204 },
  { code: "print(rain)", count: 5, outputs: [printed("[61, 44, 58, 39, 72, 90]\n")] },
  "rain[12]",
]);

async function failed(page: ApplicationPage, name: string): Promise<OpenNotebook> {
  const notebook = await page.openNotebook(name);
  await notebook.select(5);
  await page.press("Control+Enter");
  await notebook.finished(5);
  await notebook.select(2);
  return notebook;
}

async function widths({ visitor, look }: Stage): Promise<void> {
  const page = await visitor.newcomer();
  await failed(page, "rain.ipynb");
  for (const width of [900, 640, 320]) {
    await page.browserPage.setViewportSize({ width, height: 800 });
    await page.document.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
    await look(`${width} wide`, page);
  }
  await page.button("More actions").first().click();
  await look("the menu of a narrow bar", page);
  await page.press("Escape");
  await page.command("Show or hide the side panel");
  await look("files in a narrow window", page);
  await page.press("Escape");
  await page.browserPage.setViewportSize({ width: 880, height: 800 });
  await page.command("Show or hide the outline");
  await look("the outline below 900", page);
}

async function large({ visitor, look }: Stage): Promise<void> {
  for (const [percent, width, height] of [
    [200, 640, 400],
    [400, 320, 200],
  ] as const) {
    const page = await visitor.newcomer({ viewport: { width, height }, deviceScaleFactor: percent / 100 });
    await failed(page, "rain.ipynb");
    await look(`${percent} per cent`, page);
  }
  const page = await visitor.newcomer();
  await failed(page, "rain.ipynb");
  for (const _ of Array(5)) await page.command("Zoom in");
  await look("the application's own zoom", page);
}

async function names({ application, page, look }: Stage): Promise<void> {
  application.installKernel("long", LONG);
  const notebook = await page.openNotebook(LONG_FILE);
  await notebook.runCell(1);
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    application.write(`part ${n} of the report.ipynb`, notebookText([""]));
    await page.enter(`part ${n} of the report.ipynb`);
  }
  await page.openNotebook(LONG_FILE);
  await look("long names, many tabs");
  await page.browserPage.setViewportSize({ width: 640, height: 800 });
  await look("long names, narrow");
}

/** The longer words of German, also where there is little room. */
async function german({ visitor, look }: Stage): Promise<void> {
  const page = await visitor.newcomer({ locale: "de-AT" });
  const heading = (name: RegExp) => page.browserPage.getByRole("heading", { name }).first();
  await page.enter();
  await heading(/^Adrastea/).waitFor();
  await look("welcome", page);
  await page.press("Control+,");
  await heading(/^Einstellungen/).waitFor();
  await look("settings", page);
  const notebook = await page.openNotebook("rain.ipynb");
  await notebook.select(5);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.label(5)).toMatch(/Fehler/);
  await notebook.select(2);
  await page.button("Weitere Aktionen").first().click();
  await look("the menu of a cell", page);
  await page.press("Escape", "h");
  await heading(/^Tastatur/).waitFor();
  await look("keyboard map", page);
  await page.press("Escape", "0", "0");
  await heading(/neu starten\?$/).waitFor();
  await look("the question before a restart", page);
  await page.press("Escape", "F1");
  await page.dialog.getByRole("option").first().waitFor();
  await look("palette", page);
  await page.press("Escape");
  const death = await page.openNotebook("death.ipynb");
  await death.select(1);
  await page.press("Shift+Enter", "Control+Enter");
  await death.banner.first().waitFor();
  for (const width of [1280, 640, 320]) {
    await page.browserPage.setViewportSize({ width, height: 800 });
    await look(`a kernel that died, ${width} wide`, page);
  }
}

async function modes({ page, look }: Stage): Promise<void> {
  await failed(page, "rain.ipynb");
  await page.command("Switch the density");
  await expect.poll(() => page.browserPage.locator("html").getAttribute("data-density")).toBe("compact");
  await look("compact");
  await page.command("Switch the density");
  await page.press("Control+Shift+D");
  await look("simple mode");
  await page.command("Show or hide the side panel");
  await look("files in simple mode");
  await page.press("Escape");
}

export const WIDTHS: readonly Walk[] = [
  { name: "3 widths", files: { "rain.ipynb": CONTENT }, go: widths },
  { name: "3 large", files: { "rain.ipynb": CONTENT }, go: large },
  { name: "3 names", files: { [LONG_FILE]: notebookText(["1"], python("long", LONG)) }, go: names },
  {
    name: "3 German",
    files: { "rain.ipynb": CONTENT, "death.ipynb": notebookText(["import os\nos._exit(3)", "2"]) },
    go: german,
  },
  { name: "3 modes", files: { "rain.ipynb": CONTENT }, go: modes },
];
