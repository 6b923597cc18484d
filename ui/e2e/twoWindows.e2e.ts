/** Two windows, or two people, on one notebook. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

story(
  "both see everything at once, and of one cell the earlier text is one undo away",
  async ({ application, page }) => {
    application.write("shared.ipynb", notebookText(["one", "two"]));
    const mine = await page.openNotebook("shared.ipynb");
    const other = await page.another();
    await other.enter();
    const theirs = await other.openNotebook("shared.ipynb");
    await mine.edit(1);
    await page.type("my ");
    await expect.poll(() => theirs.sources()).toEqual(["my one", "two"]);
    await theirs.edit(2);
    await other.type("their ");
    await expect.poll(() => mine.sources()).toEqual(["my one", "their two"]);

    await theirs.edit(1);
    await other.type("later ");
    await expect.poll(() => mine.sources()).toEqual(["later my one", "their two"]);
    await page.press("Escape", "z");
    await expect.poll(() => theirs.sources()).toEqual(["my one", "their two"]);
    await expect.poll(() => application.sourcesOf("shared.ipynb")).toEqual(["my one", "their two"]);

    await theirs.edit(1);
    await other.press("Control+a");
    await other.type("later one");
    await mine.edit(1);
    await page.press("Control+a");
    await page.type("last one");
    await expect.poll(() => theirs.sources()).toEqual(["last one", "their two"]);
    await other.press("Control+z"); // also while one types
    await expect.poll(() => mine.sources()).toEqual(["later one", "their two"]);
  },
);

story("one deletes what the other has: undo of either brings it back to both", async ({ application, page }) => {
  application.write("shared.ipynb", notebookText(["one", "two"]));
  const mine = await page.openNotebook("shared.ipynb");
  const other = await page.another();
  await other.enter();
  const theirs = await other.openNotebook("shared.ipynb");
  await mine.select(1);
  await page.press("d", "d");
  await expect.poll(() => theirs.sources()).toEqual(["two"]);
  await page.press("z");

  await expect.poll(() => theirs.sources()).toEqual(["one", "two"]);
  await expect.poll(() => application.sourcesOf("shared.ipynb")).toEqual(["one", "two"]);
});
