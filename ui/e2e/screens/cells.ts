/** Section 3, the notebook: every state of a cell, what stands around it, and what can be done to it by the pointer. */
import { expect } from "vitest";
import { notebookText } from "../notebooks";
import type { OpenNotebook } from "../openNotebook";
import { printed, until } from "./code";
import type { Stage, Walk } from "./walk";

const STUDY = notebookText([
  { markdown: "# Rainfall\n\nMonthly sums of the station on the hill, in millimetres." },
  { code: "import statistics\n\nrain = [61, 44, 58, 39, 72, 90]", count: 3 },
  { code: "statistics.mean(rain)", count: 4, outputs: [printed("60.666666666666664\n")] },
  { code: `print("ready")\n${until("go")}` },
  "print('after the long one')",
  "rain[12]",
  "statistics.stdev(rain)",
]);

/** From the file, run, waiting, done, failed, edited since: the words and marks beside a cell. */
async function states({ application, page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("study.ipynb");
  await look("as the file has them");
  await notebook.select(2);
  await look("active in command mode");
  await page.command("Run all cells");
  await expect.poll(() => notebook.label(4)).toMatch(/running/);
  await expect.poll(() => notebook.outputOf(4).textContent()).toContain("ready");
  await notebook.select(4);
  await expect.poll(() => notebook.cell(4).innerText()).toMatch(/[2-9]\.\d s/);
  await look("running, and queued");
  application.write("go", "");
  await notebook.finished(6);
  await look("done, failed, and skipped after the error");
  await notebook.edit(3);
  await page.press("End");
  await page.type("  # of six months");
  await look("edited since it ran, edit mode");
  await page.press("Escape");
  await notebook.runCell(2);
  await notebook.select(7);
  await look("run out of order");
}

async function stopped({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("stopped.ipynb");
  await notebook.select(1);
  await page.command("Run all cells");
  await expect.poll(() => notebook.outputOf(1).textContent()).toContain("begun");
  await page.press("i", "i");
  await notebook.finished(1);
  await look("interrupted");
  await notebook.select(3);
  await page.press("Control+Enter");
  await notebook.cell(3).getByLabel("How many?").waitFor();
  await look("asks a question");
}

/** What appears under the pointer, and moves nothing. */
async function pointer({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("sections.ipynb");
  const { mouse } = page.browserPage;
  await notebook.select(2);
  await notebook.cell(4).hover({ position: { x: 400, y: 20 } });
  await page.browserPage.getByRole("toolbar", { name: "Cell actions" }).nth(1).waitFor();
  await look("another cell under the pointer");
  const box = await notebook.cell(4).boundingBox();
  await mouse.move((box?.x ?? 0) + 400, (box?.y ?? 0) - 3);
  await look("the insert line");
  await mouse.move(640, 4);
  await notebook.select(3);
  await notebook.cell(3).getByRole("button", { name: "More actions" }).click();
  await page.browserPage.getByRole("menu").waitFor();
  await look("the menu of a cell");
  await page.press("Escape");
  await drag(notebook, 3, 5, () => look("a cell is dragged"));
  await notebook.select(3);
  await page.press("Shift+ArrowDown", "Shift+ArrowDown");
  await look("several are selected");
  await drag(notebook, 4, 7, () => look("several are dragged"));
}

/** Takes a cell by its gutter to another one, looks, and gives up. */
async function drag(notebook: OpenNotebook, from: number, to: number, look: () => Promise<void>): Promise<void> {
  const { page } = notebook;
  const { mouse } = page.browserPage;
  const [begin, end] = [await notebook.cell(from).boundingBox(), await notebook.cell(to).boundingBox()];
  await mouse.move((begin?.x ?? 0) + 34, (begin?.y ?? 0) + (begin?.height ?? 0) - 4);
  await mouse.down();
  await mouse.move((end?.x ?? 0) + 60, (end?.y ?? 0) + 10, { steps: 6 });
  await look();
  await page.press("Escape");
  await mouse.up();
  await mouse.move(640, 4);
}

const SECTIONS = notebookText([
  { markdown: "# One notebook\n\nWith two sections." },
  "first = 1",
  { markdown: "## Section" },
  ...Array.from({ length: 6 }, (_, at) => `step_${at} = ${at}`),
  { markdown: "## Another section" },
  "last = 1",
]);

async function sections({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("sections.ipynb");
  await notebook.select(3);
  await page.press("ArrowLeft");
  await page.document.getByText("6 cells hidden").waitFor();
  await look("a folded section, active");
  await notebook.select(1);
  await look("a folded section");
  await page.press("End");
  await page.browserPage.mouse.move(500, 400);
  await page.browserPage.mouse.wheel(0, 5000);
  await look("the end of the notebook");
}

const KINDS = notebookText([
  { markdown: "Rendered *Markdown*, with `code`." },
  { markdown: "" },
  {
    markdown:
      "# Being edited\n\n- one\n- **two**, and a long line of prose that goes on until it has to wrap, for prose wraps and code scrolls: that is so in every cell of text.\n",
  },
  { raw: "Raw text goes through export as it is." },
  { code: "hidden = 'code'", metadata: { jupyter: { source_hidden: true } } },
  {
    code: "'hidden output'",
    count: 1,
    outputs: [printed("hidden\n")],
    metadata: { jupyter: { outputs_hidden: true } },
  },
  { code: "scrolled", count: 2, outputs: [printed("a line\n".repeat(60))], metadata: { scrolled: true } },
  {
    code: "a_very_long_line = 'which is longer than the cell is wide, so that it scrolls within the cell, and nothing beside it does, not even the page'  # until here",
  },
]);

async function kinds({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("kinds.ipynb");
  await notebook.select(1);
  await look("text of all kinds");
  await notebook.edit(3);
  await look("Markdown in edit mode");
  await page.press("Escape");
  await look("Markdown left with Escape");
  await page.command("Line numbers everywhere");
  await notebook.select(8);
  await look("line numbers, long lines, scrolled output");
  await page.openNotebook("hint.ipynb");
  await look("the hint of an empty notebook");
  const { document } = page;
  await page.enter("none.ipynb");
  await document.getByText("no cells").waitFor();
  await look("no cells at all");
}

export const CELLS: readonly Walk[] = [
  { name: "3 cells", files: { "study.ipynb": STUDY }, go: states },
  {
    name: "3 stopped",
    files: { "stopped.ipynb": notebookText([`print("begun")\n${until("never")}`, "2", "int(input('How many? '))"]) },
    go: stopped,
  },
  { name: "3 pointer", files: { "sections.ipynb": SECTIONS }, go: pointer },
  { name: "3 sections", files: { "sections.ipynb": SECTIONS }, go: sections },
  {
    name: "3 kinds",
    files: { "kinds.ipynb": KINDS, "hint.ipynb": notebookText([""]), "none.ipynb": notebookText([]) },
    go: kinds,
  },
];
