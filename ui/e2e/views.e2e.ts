/** Pages come and go; the notebook and its kernel stay. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

/** Prints a line, waits for the file `go`, and prints another one. */
const WAITS = "import os, time\nprint('before')\nwhile not os.path.exists('go'):\n    time.sleep(0.02)\nprint('after')";

story("the page is reloaded while a cell runs, and its outputs are complete", async ({ application, page }) => {
  application.write("long.ipynb", notebookText([WAITS]));
  const notebook = await page.openNotebook("long.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.outputOf(1).allTextContents()).toEqual(["before\n"]);
  await page.browserPage.reload();
  await expect.poll(() => notebook.kernelState()).toBe("Busy");
  application.write("go", "");

  await expect.poll(() => notebook.outputOf(1).allTextContents()).toEqual(["before\nafter\n"]);
});

story("the page is closed while a cell runs; opened again, the outputs are there", async ({ application, page }) => {
  application.write("long.ipynb", notebookText([WAITS]));
  const notebook = await page.openNotebook("long.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.outputOf(1).allTextContents()).toEqual(["before\n"]);
  const later = await page.another();
  await page.browserPage.close();
  application.write("go", "");
  await expect.poll(() => application.read("long.ipynb")).toContain("after");
  const again = await later.openNotebook("long.ipynb");

  await expect.poll(() => again.outputOf(1).allTextContents()).toEqual(["before\nafter\n"]);
});

story("two pages on one notebook see each other's edits and outputs", async ({ application, page }) => {
  application.write("both.ipynb", notebookText(["1", "2"]));
  const here = await page.openNotebook("both.ipynb");
  const there = await (await page.another()).openNotebook("both.ipynb");
  await here.edit(1);
  await page.press("End");
  await page.type(" + 1");
  await expect.poll(() => there.sources()).toEqual(["1 + 1", "2"]);
  await there.select(2);
  await there.page.press("b");
  await expect.poll(() => here.count()).toBe(3);
  await there.runCell(1);

  await expect.poll(() => here.outputOf(1).allTextContents()).toEqual(["2\n"]);
});

story("the server dies and comes back: what was typed meanwhile arrives", async ({ application, page }) => {
  page.expectError(/ERR_CONNECTION_REFUSED|WebSocket connection/);
  application.write("typed.ipynb", notebookText([""]));
  const notebook = await page.openNotebook("typed.ipynb");
  await notebook.edit(1);
  await page.type("before");
  await expect.poll(() => application.sourcesOf("typed.ipynb")).toEqual(["before"]);
  await application.kill();
  await page.type(" and meanwhile");
  await expect.poll(() => page.status.textContent()).toMatch(/Reconnecting|Connecting/);
  await application.start();

  await expect.poll(() => application.sourcesOf("typed.ipynb")).toEqual(["before and meanwhile"]);
  await expect.poll(() => notebook.sources()).toEqual(["before and meanwhile"]);
});
