/** Printing: all of the notebook, white, in an order that a reader can follow, whatever the screen shows of it. */
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { REPOSITORY } from "./application";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

const run = promisify(execFile);
const FOLDER = join(REPOSITORY, ".cache", "e2e");
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAD0lEQVR4nGNgaGiAIRgLADS4A/2D8rgQAAAAAElFTkSuQmCC";
const LONG = Array.from({ length: 900 }, (_, line) => `line ${line}\n`).join("");

function output(data: object): object {
  return { output_type: "display_data", metadata: {}, data };
}

const NOTEBOOK = notebookText([
  { markdown: "# The first heading\n\nMath: $x^2$" },
  ...Array.from({ length: 196 }, (_, at) => `value = ${at}  # cell number ${at + 2}`),
  { code: "long", outputs: [{ output_type: "stream", name: "stdout", text: LONG }] },
  { code: "table", outputs: [output({ "text/html": "<table><tr><td>one cell of a table</td></tr></table>" })] },
  { code: "picture", outputs: [output({ "image/png": PNG })] },
  { markdown: "## The last heading" },
]);

/** What printing gives. A browser without a screen asks nobody, so that the sheet lies there until it is printed. */
async function printed(page: ApplicationPage, name: string): Promise<{ text: string; images: number; pages: number }> {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name}.pdf`);
  await page.browserPage.pdf({ path: file, format: "A4", printBackground: true });
  const { stdout: text } = await run("pdftotext", ["-layout", file, "-"], { maxBuffer: 64 * 1024 * 1024 });
  const { stdout: images } = await run("pdfimages", ["-list", file]);
  const { stdout: facts } = await run("pdfinfo", [file]);
  return { text, images: images.trim().split("\n").length - 2, pages: Number(/Pages:\s+(\d+)/.exec(facts)?.[1]) };
}

story("Print… prints the first cell, the last one and all between them", async ({ application, visitor }) => {
  application.write("long.ipynb", NOTEBOOK);
  const page = await visitor.newcomer({ colorScheme: "dark" });
  await page.browserPage.addInitScript("window.print = () => document.documentElement.setAttribute('asked', '')");
  await page.openNotebook("long.ipynb");
  await page.command("Print…");
  await page.browserPage.locator(":root[asked]").waitFor();
  const { text, images, pages } = await printed(page, "printed");

  expect(text.match(/cell number \d+/g)?.length).toBe(196);
  expect(text.indexOf("The first heading")).toBeLessThan(text.indexOf("cell number 2"));
  expect(text.indexOf("cell number 197")).toBeLessThan(text.indexOf("The last heading"));
  expect(text).toContain("line 450");
  expect(text).toContain("one cell of a table");
  expect(images).toBe(1);
  expect(pages).toBeGreaterThan(20);
  expect(text).not.toContain("Kernel"); // nothing of the window around it
});

story("what was printed is gone from the page when it is done", async ({ application, page }) => {
  application.write("long.ipynb", NOTEBOOK);
  const notebook = await page.openNotebook("long.ipynb");
  const { text } = await printed(page, "printed-by-the-browser"); // as by Ctrl+P
  expect(text).toContain("The last heading");

  await expect.poll(() => page.browserPage.locator(".paper-sheet").count()).toBe(0);
  expect(await notebook.cells.count()).toBeLessThan(60);
});

story("a text file is printed whole", async ({ application, page }) => {
  application.write("notes.txt", LONG);
  await page.enter("notes.txt");
  await page.document.getByRole("textbox").waitFor();
  const { text } = await printed(page, "printed-text");

  expect(text).toContain("line 0");
  expect(text).toContain("line 899");
});
