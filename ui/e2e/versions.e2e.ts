/** Versions of a notebook and past runs of a cell: compared with what is there now, brought back, and that undone. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

story("a version is kept at a save, compared by cell, restored, and that is undone", async ({ application, page }) => {
  application.write("a.ipynb", notebookText(["first = 1", "second = 2"]));
  const notebook = await page.openNotebook("a.ipynb");
  await notebook.edit(1);
  await page.press("End");
  await page.type("0");
  await page.press("Control+s");
  const kept = async () => JSON.stringify(await application.rest("api/adrastea/versions/a.ipynb"));
  await expect.poll(kept).toContain("size");
  await page.type("0");
  await page.press("Escape");

  await page.command("Versions…");
  const changes = page.dialog.getByRole("region", { name: "What has changed since" });
  await expect.poll(() => changes.innerText()).toContain("+ first = 100");
  expect(await changes.innerText()).toContain("− first = 10\n");
  await page.dialog.getByRole("button", { name: "Restore this version" }).click();
  await expect.poll(() => notebook.sources()).toEqual(["first = 10", "second = 2"]);

  await page.command("Undo cell action");
  await expect.poll(() => notebook.sources()).toEqual(["first = 100", "second = 2"]);
});

story(
  "every run of a cell is kept, shown, restored with its outputs, and that is undone",
  async ({ application, page }) => {
    application.write("a.ipynb", notebookText(["print('first')"]));
    const notebook = await page.openNotebook("a.ipynb");
    await notebook.select(1);
    await page.command("Run cell");
    await notebook.finished(1);
    await notebook.edit(1);
    await page.press("Control+a");
    await page.type("1/0");
    await page.press("Escape");
    await page.command("Run cell");
    await expect.poll(() => notebook.cell(1).innerText()).toContain("ZeroDivisionError");

    await page.command("Past runs of this cell…");
    const runs = page.dialog.getByRole("option");
    await expect.poll(() => runs.count()).toBe(2);
    expect(await runs.first().innerText()).toContain("Error");
    await runs.nth(1).click();
    await page.dialog.getByRole("region").getByText("print('first')").waitFor();
    await page.dialog.getByRole("button", { name: "Restore source and outputs" }).click();
    await expect.poll(() => notebook.sources()).toEqual(["print('first')"]);
    await expect.poll(() => notebook.cell(1).innerText()).toContain("first\n");

    await page.command("Undo cell action");
    await expect.poll(() => notebook.sources()).toEqual(["1/0"]);
    await expect.poll(() => notebook.cell(1).innerText()).toContain("ZeroDivisionError");
  },
);
