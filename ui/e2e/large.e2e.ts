/** Large notebooks and large outputs: only what is seen is in the page, and nothing waits. */
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
