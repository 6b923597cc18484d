/** What a kernel can send, each kind as it is shown. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGP4z8DAAMIM/4EAAB/uBfsL2WiLAAAAAElFTkSuQmCC"; // 2 x 2 pixels

story("text, stderr and a coloured traceback", async ({ application, page }) => {
  const cells = [
    "print('to stdout')",
    "import sys; print('to stderr', file=sys.stderr)",
    "def inner():\n    return {}['missing']\n\ninner()",
    "print('\\x1b[31mred\\x1b[0m plain')",
  ];
  application.write("text.ipynb", notebookText(cells));
  const notebook = await page.openNotebook("text.ipynb");
  for (const n of [1, 2, 3, 4]) await notebook.runCell(n);

  expect(await notebook.outputOf(1).textContent()).toBe("to stdout\n");
  expect(await notebook.outputOf(2).textContent()).toBe("stderr: to stderr\n");
  const traceback = notebook.outputOf(3);
  expect(await traceback.textContent()).toContain("KeyError: 'missing'");
  expect(await traceback.textContent()).not.toContain("\x1b");
  expect(await notebook.coloursOf(traceback)).toBeGreaterThan(2);
  expect(await notebook.coloursOf(notebook.outputOf(4))).toBe(2);
});

story("PNG, SVG, an HTML table, Markdown and LaTeX", async ({ application, page }) => {
  const cells = [
    `from IPython.display import *\nimport base64\nImage(base64.b64decode('${PNG}'), width=40, height=30)`,
    'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="50"><rect width="60" height="50"/></svg>\')',
    "HTML('<table><thead><tr><th>moon</th></tr></thead><tbody><tr><td>Metis</td></tr></tbody></table>')",
    "Markdown('**bold** and $x^2$')",
    "Math(r'\\frac{1}{n^2}')",
  ];
  application.write("rich.ipynb", notebookText(cells));
  const notebook = await page.openNotebook("rich.ipynb");
  for (const n of [1, 2, 3, 4, 5]) await notebook.runCell(n);

  const png = notebook.outputOf(1).locator("img");
  await png.waitFor();
  expect(await png.boundingBox()).toMatchObject({ width: 40, height: 30 });
  expect(await notebook.outputOf(2).locator("img").boundingBox()).toMatchObject({ width: 60, height: 50 });
  for (const n of [1, 2]) expect(await notebook.brokenImagesOf(n)).toEqual([]);
  await notebook.outputOf(3).getByRole("cell", { name: "Metis" }).waitFor();
  await notebook.outputOf(4).locator("strong", { hasText: "bold" }).waitFor();
  await notebook.outputOf(4).locator("msup").waitFor();
  await notebook.outputOf(5).locator("mfrac").waitFor();
});

story("outputs that change: progress on one line, clear_output, update_display", async ({ application, page }) => {
  const cells = [
    "for step in range(5):\n    print(f'\\rstep {step}', end='')",
    "from IPython.display import clear_output\nfor step in range(5):\n    clear_output(wait=True)\n    print('pass', step)",
    "handle = display('first', display_id=True)",
    "handle.update('second')",
  ];
  application.write("changing.ipynb", notebookText(cells));
  const notebook = await page.openNotebook("changing.ipynb");
  for (const n of [1, 2, 3, 4]) await notebook.runCell(n);

  expect(await notebook.outputOf(1).allTextContents()).toEqual(["step 4\n"]);
  expect(await notebook.outputOf(2).allTextContents()).toEqual(["pass 4\n"]);
  await expect.poll(() => notebook.outputOf(3).allTextContents()).toEqual(["'second'\n"]);
});

story("an error stops what was queued behind it", async ({ application, page }) => {
  application.write("stops.ipynb", notebookText(["1 / 0", "print('never')", "print('never either')"]));
  const notebook = await page.openNotebook("stops.ipynb");
  await page.command("Run all cells");
  await notebook.finished(1);

  expect(await notebook.label(1)).toMatch(/has an error/);
  await expect.poll(() => notebook.kernelState()).toBe("Idle");
  expect(await notebook.label(2)).toMatch(/^Code cell 2 of 3, Not run/);
  expect(await notebook.outputOf(2).or(notebook.outputOf(3)).count()).toBe(0);
});

story("“Copy image” puts a PNG on the clipboard, “Save image as…” saves the file", async ({ application, page }) => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
  const output = { output_type: "display_data", metadata: {}, data: { "image/svg+xml": svg } };
  application.write("plots.ipynb", notebookText([{ code: "plot()", outputs: [output] }]));
  const notebook = await page.openNotebook("plots.ipynb");
  await page.browserPage.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await notebook.select(1);
  await page.command("Copy image");

  const size = (): Promise<number[]> =>
    page.browserPage.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      if (item?.types.includes("image/png") !== true) return [];
      const { width, height } = await createImageBitmap(await item.getType("image/png"));
      return [width, height];
    });
  await expect.poll(size).toEqual([40, 30]);
  const download = page.browserPage.waitForEvent("download");
  await page.command("Save image as…");
  expect((await download).suggestedFilename()).toBe("plots-1.svg");
});
