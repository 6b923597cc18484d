/** A cell with very many outputs: beginning and end are shown, the middle when it is asked for or something is found there. */
import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

const NAME = "many.ipynb";
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAD0lEQVR4nGNgaGiAIRgLADS4A/2D8rgQAAAAAElFTkSuQmCC";

function outputOf(at: number): object {
  const shown = (data: object): object => ({ output_type: "display_data", metadata: {}, data });
  if (at % 4 === 0) return shown({ "image/png": DOT, "text/plain": `image ${at}.` });
  if (at % 4 === 1) return shown({ "text/html": `<table><tr><th>at</th></tr><tr><td>row ${at}.</td></tr></table>` });
  if (at % 4 === 2) return shown({ "text/plain": `text ${at}.` });
  return { output_type: "error", ename: "ValueError", evalue: `${at}.`, traceback: [`ValueError: error ${at}.`] };
}

const manyIn = (count: number): string =>
  notebookText([
    { code: "show()", count: 1, outputs: Array.from({ length: count }, (_, at) => outputOf(at)) },
    "last = 1",
  ]);

/** Of the first cell, by its number from 0. */
const output = (page: ApplicationPage, at: number): Locator => page.document.locator(`[data-output="cell-1/${at}"]`);
const shown = (page: ApplicationPage): Locator => page.document.locator("[data-output^='cell-1/']");
const top = async (place: Locator): Promise<number> => Math.round((await place.boundingBox())?.y ?? Number.NaN);

story(
  "of 1,000 outputs beginning and end are shown, more when asked for, few at a time in the page",
  async ({ application, page }) => {
    application.write(NAME, manyIn(1_000));
    const notebook = await page.openNotebook(NAME);
    await page.document.getByText("850 outputs more").scrollIntoViewIfNeeded();
    await expect.poll(() => output(page, 99).count()).toBe(1);
    expect(await output(page, 100).count()).toBe(0);
    expect(await shown(page).count()).toBeLessThan(200);
    expect(await barriers(page)).toEqual([]);

    await page.button("Show next").click();
    await page.document.getByText("750 outputs more").waitFor({ state: "attached" });
    await expect.poll(() => output(page, 100).count()).toBe(1);
    await page.document.getByText("750 outputs more").scrollIntoViewIfNeeded();
    await page.button("Show all").click();
    await expect.poll(() => page.button("Show all").count()).toBe(0);
    expect(await page.document.locator("[data-cell]:focus").count()).toBe(1);
    await notebook.show(2);
    await expect.poll(() => output(page, 999).count()).toBe(1);
    expect(await shown(page).count()).toBeLessThan(300);
  },
);

story("what is found in the middle is shown", async ({ application, page }) => {
  application.write(NAME, manyIn(1_000));
  await page.openNotebook(NAME);
  await page.press("Control+f");
  const field = page.document.getByRole("textbox", { name: "Find" });
  await field.fill("text 702.");
  await expect.poll(() => page.document.getByRole("search").locator("[class*=count]").textContent()).toBe("1 of 1");
  const isSeen = async (at: number): Promise<boolean> => {
    const view = page.browserPage.viewportSize();
    const box = (await output(page, at).count()) === 0 ? null : await output(page, at).boundingBox();
    return box !== null && view !== null && box.y > 0 && box.y + box.height <= view.height;
  };
  await expect.poll(() => isSeen(702)).toBe(true);
  await field.fill("error 951.");
  await expect.poll(() => isSeen(951)).toBe(true);
  await field.fill("row 5.");

  await expect.poll(() => isSeen(5)).toBe(true);
});

story(
  "while a cell runs, new outputs come at the end and what is read stays where it is",
  async ({ application, page }) => {
    const wait = (name: string): string => `while not pathlib.Path("${name}").exists():\n    time.sleep(0.01)`;
    const show = (from: number, to: number): string =>
      `for at in range(${from}, ${to}):\n    display({"text/html": f"<p>shown {at}.</p>"}, raw=True)`;
    const source = ["import pathlib, time", show(0, 300), wait("more"), show(300, 340), wait("many"), show(340, 2_000)];
    application.write(NAME, notebookText([source.join("\n"), "last = 1"]));
    const notebook = await page.openNotebook(NAME);
    await notebook.select(1);
    await page.press("Control+Enter");
    await page.document.getByText("150 outputs more").waitFor({ state: "attached", timeout: 60_000 });
    await notebook.show(2);
    const read = output(page, 290);
    await read.waitFor();
    await read.evaluate((element) => element.scrollIntoView({ block: "start" }));
    await expect.poll(() => output(page, 299).count()).toBe(1);
    const before = await top(read);
    application.write("more", "");
    await page.document.getByText("175 outputs more").waitFor({ state: "attached" });
    await expect.poll(() => output(page, 339).count()).toBe(1);
    expect(Math.abs((await top(read)) - before)).toBeLessThan(2);

    await output(page, 20).evaluate((element) => element.scrollIntoView({ block: "start" }));
    const early = output(page, 30);
    await expect.poll(() => output(page, 49).count()).toBe(1);
    const earlyTop = await top(early);
    application.write("many", "");
    await notebook.finished(1);
    await page.document.getByText("1,850 outputs more").waitFor({ state: "attached" });
    expect(Math.abs((await top(early)) - earlyTop)).toBeLessThan(2);
    await expect.poll(() => application.read(NAME)).toContain("shown 1999.");

    expect(application.read(NAME)).toContain("shown 1000.");
  },
);

story("all outputs are in the copy of a cell, and in what is exported", async ({ application, visitor }) => {
  application.write(NAME, manyIn(1_000));
  const page = await visitor.newcomer({ acceptDownloads: true });
  await page.enter();
  const notebook = await page.openNotebook(NAME);
  await notebook.select(1);
  await page.press("c", "v");
  const outputs = (): number => {
    const { cells } = JSON.parse(application.read(NAME)) as { cells: { outputs?: unknown[] }[] };
    return cells.reduce((sum, cell) => sum + (cell.outputs?.length ?? 0), 0);
  };
  await expect.poll(outputs).toBe(2_000);
  const downloading = page.browserPage.waitForEvent("download");
  await page.command("Export as HTML…");
  const html = await readFile(await (await downloading).path(), "utf8");

  expect(html.match(/text 502\./g)).toHaveLength(2);
});
