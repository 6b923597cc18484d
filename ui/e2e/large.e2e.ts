/** Large notebooks and large outputs: only what is seen is in the page, and nothing waits. */
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

const THOUSAND = notebookText(
  Array.from({ length: 1000 }, (_, at) =>
    at % 5 === 0 ? { markdown: `## Section ${at + 1}\n\nText of it.` } : `value_${at + 1} = ${at + 1}\nvalue_${at + 1}`,
  ),
);

story(
  "a notebook of 1,000 cells: a bounded number of them is in the page, to the last one",
  async ({ application, page }) => {
    application.write("thousand.ipynb", THOUSAND);
    const notebook = await page.openNotebook("thousand.ipynb");
    expect(await notebook.count()).toBe(1000);
    expect(await notebook.cells.count()).toBeLessThan(100);
    await notebook.select(1);
    await page.press("End");
    await notebook.cell(1000).waitFor();
    expect(await notebook.cells.count()).toBeLessThan(100);
    await notebook.edit(1000);
    await page.press("Control+End");
    await page.type(" + 1");

    await expect.poll(() => application.read("thousand.ipynb")).toContain("value_1000 + 1");
  },
);

story("scrolling through 1,000 cells leaves no area blank", async ({ application, page }) => {
  application.write("thousand.ipynb", THOUSAND);
  const notebook = await page.openNotebook("thousand.ipynb");
  const scrolled = await notebook.scrollThrough(40);

  expect(scrolled.blank).toEqual([]);
  expect(scrolled.atEnd).toBe(true);
});

story("200,000 printed lines: head and tail are shown and the page answers", async ({ application, page }) => {
  const flood = "for line in range(200_000):\n    print('line', line)";
  application.write("flood.ipynb", notebookText([flood, ""]));
  const notebook = await page.openNotebook("flood.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await notebook.edit(2);
  await page.type("typed meanwhile");
  await expect.poll(() => application.read("flood.ipynb")).toContain("typed meanwhile");
  await notebook.finished(1);
  const log = notebook.outputOf(1).getByRole("log");

  await expect.poll(() => log.textContent()).toContain("line 199999");
  await log.evaluate((box) => box.scrollTo(0, 0));
  await expect.poll(() => log.textContent()).toMatch(/line 0(?!\d)/);
  expect(await log.locator("pre > *").count()).toBeLessThan(200);
});

story("what is left out of 200,000 lines can be read page by page, and saved whole", async ({ application, page }) => {
  application.write("flood.ipynb", notebookText(["for line in range(200_000):\n    print('line', line)"]));
  const notebook = await page.openNotebook("flood.ipynb");
  await notebook.runCell(1);
  await notebook.outputOf(1).getByText("characters are left out here").waitFor();
  await notebook.outputOf(1).getByRole("button", { name: "Show all", exact: true }).click();
  const log = page.dialog.getByRole("log");
  await expect.poll(() => log.textContent()).toMatch(/line 0(?!\d)/);
  for (const [button, line] of [
    ["Last page", "line 199999"],
    ["Previous page", "line 184021"],
  ] as const) {
    await page.dialog.getByRole("button", { name: button }).click();
    const atEnd = async () => {
      await log.evaluate((box) => box.scrollTo(0, box.scrollHeight));
      return log.textContent();
    };
    await expect.poll(atEnd).toContain(line);
  }
  await page.dialog.getByRole("button", { name: "Close" }).click();

  const saving = page.browserPage.waitForEvent("download");
  await notebook.outputOf(1).getByRole("link", { name: "Download" }).click();
  const lines = (await readFile(await (await saving).path(), "utf8")).split("\n");
  expect(lines).toEqual([...Array.from({ length: 200_000 }, (_, line) => `line ${line}`), ""]);
});
