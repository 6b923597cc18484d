/** The files of a folder: notebooks made, other files read and written, and what is missing or broken. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

story(
  "a new notebook from the welcome page is a valid file with one cell to type in",
  async ({ application, page }) => {
    await page.document.getByRole("button", { name: "New notebook" }).click();
    const notebook = await page.notebook();

    expect(await notebook.count()).toBe(1);
    expect(await application.pythonOn("Untitled.ipynb", "print(notebook.nbformat, len(notebook.cells))")).toBe("4 1");
  },
);

story("a new notebook from the files panel lies in the folder that is shown", async ({ application, page }) => {
  application.write("work/notes.txt", "to do");
  await page.button("Refresh").click();
  await page.sidePanel.getByRole("button", { name: /^work/ }).click();
  await page.sidePanel.getByRole("button", { name: /^notes\.txt/ }).waitFor();
  await page.sidePanel.getByRole("button", { name: "New notebook" }).click();
  await page.notebook();

  expect(application.has("work/Untitled.ipynb")).toBe(true);
});

story("a notebook is opened by its row in the files panel", async ({ application, page }) => {
  application.copyExample("plain-python.ipynb");
  await page.button("Refresh").click();
  await page.sidePanel.getByRole("button", { name: /^plain-python\.ipynb/ }).click();
  const notebook = await page.notebook();

  await notebook.cell(1).getByRole("heading", { name: "Plain Python" }).waitFor();
});

story("a text file is edited and saved", async ({ application, page }) => {
  application.write("notes.txt", "first line\n");
  await page.enter("notes.txt");
  const editor = page.document.getByRole("textbox");
  await editor.click();
  await page.press("Control+End");
  await page.type("second line");
  await page.press("Control+S");

  await expect.poll(() => application.read("notes.txt")).toBe("first line\nsecond line");
});

story(
  "an open notebook that is renamed keeps its tab, and is saved under its new name",
  async ({ application, page }) => {
    application.write("old.ipynb", notebookText(["1"]));
    const notebook = await page.openNotebook("old.ipynb");
    await page.sidePanel.getByRole("button", { name: /^old\.ipynb/ }).focus();
    await page.press("F2");
    await page.sidePanel.getByRole("textbox", { name: "New name for old.ipynb" }).waitFor();
    await page.type("new");
    await page.press("Enter");
    await page.tab("new.ipynb").waitFor();
    await notebook.edit(1);
    await page.press("End");
    await page.type(" + 1");

    await expect.poll(() => application.has("new.ipynb") && application.sourcesOf("new.ipynb")).toEqual(["1 + 1"]);
    expect(application.has("old.ipynb")).toBe(false);
  },
);

story("open notebooks come back after the page is reloaded", async ({ application, page }) => {
  application.write("one.ipynb", notebookText(["1"]));
  application.write("two.ipynb", notebookText(["2"]));
  await page.enter("one.ipynb", "two.ipynb");
  await page.tab("two.ipynb").click();
  await page.notebook();
  await page.browserPage.reload();
  const notebook = await page.notebook();

  await expect.poll(() => notebook.sources()).toEqual(["2"]);
  await page.tab("one.ipynb").click();
  await expect.poll(() => notebook.sources()).toEqual(["1"]);
});

story("a missing notebook says so and can be created", async ({ application, page }) => {
  page.expectError(/404/);
  await page.enter("nowhere.ipynb");
  await page.document.getByRole("heading", { name: "nowhere.ipynb could not be opened" }).waitFor();
  await page.button("Create this notebook").click();
  await page.notebook();

  expect(application.has("nowhere.ipynb")).toBe(true);
});

story("a missing file says so", async ({ page }) => {
  page.expectError(/404/);
  await page.enter("nowhere.txt");

  await page.document.getByText("There is no file “nowhere.txt”").waitFor();
});

story("a broken notebook opens as text, with the line of the error", async ({ application, page }) => {
  application.write("broken.ipynb", notebookText(["1 + 1"]).replace('"cells"', "cells"));
  await page.enter("broken.ipynb");
  await page.document.getByText(/line 2/i).waitFor();

  await expect.poll(() => page.document.getByRole("textbox").textContent()).toContain("cells");
});
