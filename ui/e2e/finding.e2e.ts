/** Finding one's way in a notebook: find and replace, sections that fold, the outline, cells that are dragged. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { story } from "./stories";

const cell = (kind: "code" | "markdown", id: string, source: string) => ({
  cell_type: kind,
  id,
  metadata: {},
  source,
  ...(kind === "code" && { execution_count: null, outputs: [] }),
});
const TREES = JSON.stringify({
  cells: [
    cell("markdown", "m1", "# Trees\nThe data of the city."),
    cell("code", "c1", "data = 1"),
    cell("code", "c2", "print(data)"),
    cell("markdown", "m2", "# End"),
    cell("code", "c3", "data"),
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

story("what is found is marked, replaced everywhere, and brought back by one undo", async ({ application, page }) => {
  application.write("trees.ipynb", TREES);
  const notebook = await page.openNotebook("trees.ipynb");
  await page.press("Control+h");
  await page.document.getByRole("textbox", { name: "Find", exact: true }).fill("data");
  await expect.poll(() => page.document.getByRole("search").locator("[class*=count]").textContent()).toBe("1 of 4");
  expect(await page.document.locator("mark.found").count()).toBe(4);
  expect(await barriers(page)).toEqual([]);
  await page.press("Enter", "Enter");
  await expect.poll(() => notebook.selected()).toEqual([3]);
  await page.document.getByRole("textbox", { name: "Replace with" }).fill("rows");
  await page.press("Control+Enter");
  await expect
    .poll(() => application.sourcesOf("trees.ipynb"))
    .toEqual(["# Trees\nThe rows of the city.", "rows = 1", "print(rows)", "# End", "rows"]);
  await page.press("Escape", "z");

  await expect.poll(() => application.sourcesOf("trees.ipynb")).toContain("print(data)");
});

story("an expression without an end is given up, and nothing else has waited for it", async ({ application, page }) => {
  const hard = cell("code", "c1", `x = "${"a".repeat(60)}!"`);
  application.write("hard.ipynb", JSON.stringify({ ...JSON.parse(TREES), cells: [hard] }));
  await page.openNotebook("hard.ipynb");
  await page.press("Control+f");
  const [field, count] = [
    page.document.getByRole("textbox", { name: "Find" }),
    page.document.getByRole("search").locator("[class*=count]"),
  ];
  await page.button("Regular expression").click();
  await field.fill("(a+)+$");
  await page.button("Cancel").waitFor(); // the page answers meanwhile
  await expect.poll(() => count.textContent()).toBe("This takes too long: make it simpler");
  await field.fill("(a+)!");
  await expect.poll(() => count.textContent()).toBe("1 of 1");
  await page.document.locator("mark.found").first().waitFor();
});

story("a section folds and goes as a whole; the outline leads into it", async ({ application, page }) => {
  application.write("trees.ipynb", TREES);
  const notebook = await page.openNotebook("trees.ipynb");
  await page.press("Home", "ArrowLeft");
  await page.button("2 cells hidden").waitFor();
  expect(await notebook.cell(2).count()).toBe(0);
  await page.press("Control+Shift+ArrowDown");
  await expect.poll(() => application.sourcesOf("trees.ipynb")).toEqual(expect.arrayContaining(["# End", "data"]));
  await expect.poll(() => application.sourcesOf("trees.ipynb")[0]).toBe("# End");
  await page.press("Control+i");
  const outline = page.browserPage.getByRole("tree", { name: "Outline" });
  await outline.getByRole("treeitem", { name: "Trees" }).click();
  await page.press("ArrowRight");

  await expect.poll(() => notebook.sources()).toContain("print(data)");
  await page.browserPage.getByRole("checkbox", { name: "Code cells too" }).check();
  await outline.getByRole("treeitem", { name: "Trees" }).focus();
  await page.press("p", "Enter"); // to what begins with it
  await expect.poll(() => notebook.selected()).toEqual([4]);
  expect(await barriers(page)).toEqual([]);
});

story("a cell is dragged by its gutter to another place", async ({ application, page }) => {
  application.write("trees.ipynb", TREES);
  const notebook = await page.openNotebook("trees.ipynb");
  const { mouse } = page.browserPage;
  const pointAt = async (place: Locator, right: number): Promise<void> => {
    const box = await place.boundingBox();
    if (box === null) throw new Error("The cells are not in view.");
    await mouse.move(box.x + right, box.y + box.height - 3, { steps: 5 });
  };
  // Texts are shown as they are written until what draws them has come: then all that is below them moves.
  for (const text of [1, 4]) await notebook.cell(text).getByRole("heading").waitFor();
  await pointAt(notebook.cell(2).locator("[data-gutter]"), 5);
  await mouse.down();
  await pointAt(notebook.cell(5), 100);
  await expect.poll(() => notebook.cell(5).getAttribute("data-drop")).toBe("below");
  await mouse.up();

  await expect
    .poll(() => application.sourcesOf("trees.ipynb"))
    .toEqual(["# Trees\nThe data of the city.", "print(data)", "# End", "data", "data = 1"]);
});
