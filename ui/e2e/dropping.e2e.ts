/** Files that are dragged from another program onto the page. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

interface Given {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Drags files over an element, `into` pixels below its top, and lets go. */
async function drop(page: ApplicationPage, target: Locator, files: readonly Given[], into = 5): Promise<void> {
  const transfer = await page.browserPage.evaluateHandle((given) => {
    const made = new DataTransfer();
    for (const { name, type, text } of given) made.items.add(new File([text], name, { type }));
    return made;
  }, files);
  const box = await target.boundingBox();
  const at = { dataTransfer: transfer, clientX: (box?.x ?? 0) + 20, clientY: (box?.y ?? 0) + into };
  for (const name of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(name, at);
}

const CSV = { name: "data.csv", type: "text/csv", text: "a,b\n1,2\n" };
const SVG = {
  name: "plot.svg",
  type: "image/svg+xml",
  text: '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>',
};

story(
  "files dropped on the files panel are copied there, and none is replaced unasked",
  async ({ application, page }) => {
    application.write("data.csv", "mine");
    await page.button("Refresh").click();
    await drop(page, page.sidePanel, [{ ...CSV, name: "new.csv" }, CSV]);
    await page.dialog.getByRole("button", { name: "Keep both" }).click();

    await expect.poll(() => application.has("data-1.csv") && application.read("data-1.csv")).toBe(CSV.text);
    expect([application.read("data.csv"), application.read("new.csv")]).toEqual(["mine", CSV.text]);
    await page.sidePanel.getByRole("button", { name: /^data-1\.csv/ }).waitFor();
  },
);

story("a notebook dropped on the window is opened", async ({ application, page }) => {
  await drop(page, page.document, [{ name: "theirs.ipynb", type: "", text: notebookText(["x = 1"]) }]);
  const notebook = await page.notebook();

  expect(await notebook.sources()).toEqual(["x = 1"]);
  expect(application.has("theirs.ipynb")).toBe(true);
});

story("a table dropped between cells becomes code that loads it", async ({ application, page }) => {
  application.write("work/cells.ipynb", notebookText(["one = 1", "two = 2"]));
  const notebook = await page.openNotebook("work/cells.ipynb");
  await drop(page, notebook.cell(2), [CSV]);
  await page.dialog.getByRole("button", { name: "Insert code that loads it" }).click();

  await expect
    .poll(() => notebook.sources())
    .toEqual(["one = 1", 'import pandas as pd\n\ndata = pd.read_csv("data.csv")\ndata.head()', "two = 2"]);
  expect(application.read("work/data.csv")).toBe(CSV.text);
});

story(
  "an image dropped on a notebook is shown in a text cell, and Cancel leaves all as it was",
  async ({ application, page }) => {
    application.write("cells.ipynb", notebookText(["one = 1"]));
    const notebook = await page.openNotebook("cells.ipynb");
    await drop(page, notebook.cell(1), [SVG], 30);
    await page.dialog.getByRole("button", { name: "Cancel" }).click();
    await page.dialog.waitFor({ state: "detached" });
    expect(await notebook.count()).toBe(1);
    await drop(page, notebook.cell(1), [SVG], 30);
    await page.dialog.getByRole("button", { name: "Insert the image" }).click();

    const image = notebook.cell(2).getByRole("img", { name: "plot.svg" });
    await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(30);
    expect(application.has("plot.svg")).toBe(false);
  },
);
