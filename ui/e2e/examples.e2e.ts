/** The notebooks that come with the application: shown as they were saved, and run from the first cell to the last. */
import { expect } from "vitest";
import type { OpenNotebook } from "./openNotebook";
import { story } from "./stories";

interface SavedCell {
  readonly cell_type: string;
  readonly outputs?: readonly unknown[];
}

/** Which cells are code, and which of them had an output when the notebook was saved; counted from 1. */
function codeCells(text: string): { readonly all: readonly number[]; readonly shown: readonly number[] } {
  const { cells } = JSON.parse(text) as { cells: readonly SavedCell[] };
  const numbered = cells.map((cell, at) => ({ ...cell, n: at + 1 })).filter((cell) => cell.cell_type === "code");
  const shown = numbered.filter((cell) => (cell.outputs ?? []).length > 0);
  return { all: numbered.map((cell) => cell.n), shown: shown.map((cell) => cell.n) };
}

/** Shift-Enter from the top to the bottom; then every code cell has run and shows what it should. */
async function runThrough(notebook: OpenNotebook, saved: string): Promise<void> {
  const { all, shown } = codeCells(saved);
  const count = await notebook.count();
  await notebook.select(1);
  for (let n = 1; n <= count; n++) await notebook.page.press("Shift+Enter");
  for (const [at, n] of all.entries()) {
    await notebook.show(n);
    await notebook.finished(n);
    expect(await notebook.label(n), `cell ${n}`).toMatch(/done/);
    expect(await notebook.executionCount(n), `cell ${n}`).toBe(String(at + 1));
    if (shown.includes(n)) await notebook.outputOf(n).first().waitFor();
    expect(await notebook.errorsOf(n).count(), `errors of cell ${n}`).toBe(0);
    expect(await notebook.brokenImagesOf(n), `images of cell ${n}`).toEqual([]);
  }
}

story("the welcome notebook shows its saved outputs before anything runs", async ({ application, page }) => {
  application.copyExample("welcome.ipynb");
  const notebook = await page.openNotebook("welcome.ipynb");

  await notebook.cell(1).getByRole("heading", { name: "Welcome to Adrastea" }).waitFor();
  await expect.poll(() => notebook.outputOf(2).allTextContents()).toEqual([expect.stringContaining("Hello"), "42\n"]);
  await notebook.show(6);
  await notebook.outputOf(6).locator("img").waitFor();
  expect(await notebook.brokenImagesOf(6)).toEqual([]);
  expect(await notebook.label(2)).toBe("Code cell 2 of 11, From the saved file, not run in this session");
});

story("Shift-Enter goes through the welcome notebook and every output arrives", async ({ application, page }) => {
  application.copyExample("welcome.ipynb");
  const notebook = await page.openNotebook("welcome.ipynb");
  await runThrough(notebook, application.read("welcome.ipynb"));

  await notebook.show(4);
  expect(await notebook.outputOf(4).locator("math").count()).toBe(1);
  await notebook.show(9);
  expect(await notebook.outputOf(9).locator("tbody tr").count()).toBe(4);
});

story("plain Python: text, progress on one line, a warning, Markdown and a table", async ({ application, page }) => {
  application.copyExample("plain-python.ipynb");
  const notebook = await page.openNotebook("plain-python.ipynb");
  await runThrough(notebook, application.read("plain-python.ipynb"));

  await notebook.show(4);
  await expect.poll(() => notebook.outputOf(4).first().textContent()).toBe("working 100 %\n");
  await notebook.show(5);
  await notebook.outputOf(5).locator("math").first().waitFor();
  await notebook.outputOf(5).getByRole("cell", { name: "one" }).waitFor();
});

story("numpy: the game of life", async ({ application, page }) => {
  application.copyExample("numpy-life.ipynb");
  const notebook = await page.openNotebook("numpy-life.ipynb");
  await runThrough(notebook, application.read("numpy-life.ipynb"));

  await notebook.show(5);
  await expect.poll(() => notebook.outputOf(5).textContent()).toContain("array([");
});

story("pandas: tables", async ({ application, page }) => {
  application.copyExample("pandas-weather.ipynb");
  const notebook = await page.openNotebook("pandas-weather.ipynb");
  await runThrough(notebook, application.read("pandas-weather.ipynb"));

  await notebook.show(3);
  await expect.poll(() => notebook.outputOf(3).locator("tbody tr").count()).toBe(8);
  await notebook.show(4);
  await expect.poll(() => notebook.outputOf(4).locator("tbody tr").count()).toBe(12);
});

story("matplotlib: plots as PNG and as SVG", async ({ application, page }) => {
  application.copyExample("matplotlib-gallery.ipynb");
  const notebook = await page.openNotebook("matplotlib-gallery.ipynb");
  await runThrough(notebook, application.read("matplotlib-gallery.ipynb"));

  await notebook.show(2);
  expect(await notebook.outputOf(2).locator("img[src^='data:image/png']").count()).toBe(1);
  await notebook.show(4);
  expect(await notebook.outputOf(4).locator("img[src^='data:image/svg']").count()).toBe(1);
});

story("sympy: formulas", async ({ application, page }) => {
  application.copyExample("sympy-algebra.ipynb");
  const notebook = await page.openNotebook("sympy-algebra.ipynb");
  await runThrough(notebook, application.read("sympy-algebra.ipynb"));

  await notebook.show(2);
  await expect.poll(() => notebook.outputOf(2).locator("math").count()).toBe(1);
  await notebook.show(4);
  await notebook.outputOf(4).locator("math mtable").waitFor();
});
