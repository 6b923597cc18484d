/** What is typed reaches the disk, and what others write there is not lost. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import { story } from "./stories";

story("what is typed is saved by itself, as a valid notebook", async ({ application, page }) => {
  application.write("typed.ipynb", notebookText([""]));
  const notebook = await page.openNotebook("typed.ipynb");
  await notebook.edit(1);
  await page.browserPage.keyboard.type("answer = 6 * 7");

  await expect.poll(() => application.sourcesOf("typed.ipynb")).toEqual(["answer = 6 * 7"]);
  await expect.poll(() => notebook.saveState()).toMatch(/^Saved/);
});

story("Mod+S saves at once", async ({ application, page }) => {
  application.write("typed.ipynb", notebookText([""]));
  const notebook = await page.openNotebook("typed.ipynb");
  await notebook.edit(1);
  await page.type("answer = 42");
  await page.press("Control+S");

  await expect.poll(() => application.sourcesOf("typed.ipynb")).toEqual(["answer = 42"]);
});

story("outputs are saved, and Jupyter's own library reads them", async ({ application, page }) => {
  application.write("outputs.ipynb", notebookText(["print('kept')\n6 * 7"]));
  const notebook = await page.openNotebook("outputs.ipynb");
  await notebook.runCell(1);
  const program = "print([(o.output_type, o.get('text') or o.data['text/plain']) for o in notebook.cells[0].outputs])";

  await expect
    .poll(() => application.pythonOn("outputs.ipynb", program))
    .toBe("[('stream', 'kept\\n'), ('execute_result', '42')]");
});

story("opening and looking at a notebook changes nothing in its file", async ({ application, page }) => {
  application.copyExample("welcome.ipynb");
  const before = application.read("welcome.ipynb");
  const notebook = await page.openNotebook("welcome.ipynb");
  await notebook.select(1);
  await page.press("ArrowDown", "ArrowDown", "Control+S");
  await expect.poll(() => notebook.saveState()).toMatch(/^Saved/);

  expect(application.read("welcome.ipynb")).toBe(before);
});

story(
  "changed by another program while nobody touches it: it is there, and the view stays",
  async ({ application, page }) => {
    const cells = Array.from({ length: 60 }, (_, at) => `cell ${at}\nof two lines`);
    application.write("shared.ipynb", notebookText(cells));
    const notebook = await page.openNotebook("shared.ipynb");
    await notebook.select(40);
    const top = (): Promise<number> =>
      notebook.cells
        .filter({ hasText: "cell 39" })
        .first()
        .evaluate((cell) => cell.getBoundingClientRect().top);
    await expect.poll(top).toBeGreaterThan(0);
    const before = await top();
    application.write("shared.ipynb", notebookText(cells.with(40, "theirs").concat("new")));

    await page.document.getByText("theirs").waitFor();
    expect(await top()).toBe(before);
    expect(await notebook.banner.count()).toBe(0);
  },
);

story(
  "changed by another program and here: both are merged, and undo brings mine back",
  async ({ application, visitor }) => {
    application.settings("autosave_seconds = 3600");
    await application.restart();
    const page = await visitor.newcomer();
    application.write("shared.ipynb", notebookText(["one", "two", "three"]));
    const notebook = await page.openNotebook("shared.ipynb");
    await notebook.edit(1);
    await page.type("mine ");
    await expect.poll(() => application.journals()).toContain("mine one");
    application.write("shared.ipynb", notebookText(["theirs", "two changed", "three", "four"]));
    await page.comeBack();
    await page.document.getByText(/Another program has changed this file/).waitFor();

    expect(await notebook.sources()).toEqual(["mine one", "theirs", "two changed", "three", "four"]);
    expect(await page.document.getByText("the file's version of the cell above").count()).toBe(1);
    await page.document.getByRole("button", { name: "Show the file's version" }).click();
    await expect.poll(() => notebook.sources()).toEqual(["theirs", "two changed", "three", "four"]);
    await page.document.getByRole("button", { name: "Show both together" }).click();
    await page.document.getByRole("button", { name: "Keep this" }).click();
    await expect.poll(() => notebook.banner.count()).toBe(0);
    await notebook.select(1);
    await page.press("z", "z", "z");
    await expect.poll(() => notebook.sources()).toEqual(["mine one", "two", "three"]);
  },
);

story("a file that is no notebook now: Keep mine writes this version", async ({ application, page }) => {
  application.write("shared.ipynb", notebookText([""]));
  const notebook = await page.openNotebook("shared.ipynb");
  await notebook.edit(1);
  await page.type("mine");
  await page.press("Control+S");
  await expect.poll(() => application.read("shared.ipynb")).toContain("mine");
  application.write("shared.ipynb", "<<<<<<< HEAD");
  await page.type(" and more");
  await page.document
    .getByText(/changed on (the )?disk/i)
    .first()
    .waitFor();
  expect(application.read("shared.ipynb")).toBe("<<<<<<< HEAD");
  await page.document.getByRole("button", { name: "Keep mine" }).click();

  await expect.poll(() => application.sourcesOf("shared.ipynb")).toEqual(["mine and more"]);
  await expect.poll(() => notebook.saveState()).toMatch(/^Saved/);
  expect(application.read("shared-Copy1.ipynb")).toBe("<<<<<<< HEAD"); // nothing is lost
});

story(
  "a file that cannot be merged is compared with what is here, and mine goes under another name",
  async ({ application, page }) => {
    page.expectError(/404/); // whether the other name is free
    const conflict = notebookText(["from one branch"]).replace("from one branch", "<<<<<<< HEAD\n");
    application.write("shared.ipynb", notebookText([""]));
    const notebook = await page.openNotebook("shared.ipynb");
    await notebook.edit(1);
    await page.type("mine");
    await page.press("Control+S");
    await expect.poll(() => application.read("shared.ipynb")).toContain("mine");
    application.write("shared.ipynb", conflict);
    await page.type(" and more");
    await notebook.banner.getByRole("button", { name: "Compare" }).click();
    const texts = page.dialog.getByRole("table");
    await expect.poll(() => texts.textContent()).toContain("mine and more");
    expect(await texts.textContent()).toContain("<<<<<<< HEAD");
    expect(await barriers(page)).toEqual([]);
    await page.dialog.getByRole("button", { name: "Save mine as…" }).click();
    await page.dialog.getByRole("textbox").fill("mine.ipynb");
    await page.press("Enter");

    await expect
      .poll(() => application.has("mine.ipynb") && application.sourcesOf("mine.ipynb"))
      .toEqual(["mine and more"]);
    expect(application.read("shared.ipynb")).toBe(conflict);

    await page.tab("shared.ipynb").click();
    await notebook.banner.getByRole("button", { name: "Compare" }).click();
    await page.dialog.getByRole("button", { name: "Show the file as text" }).click();
    await page.button(/^Try to repair/).waitFor();
    expect(application.read("shared.ipynb")).toBe(conflict);
  },
);

story("a save that fails says so, and nothing is lost", async ({ application, page }) => {
  application.write("work/notes.ipynb", notebookText([""]));
  const notebook = await page.openNotebook("work/notes.ipynb");
  await notebook.edit(1);
  application.remove("work");
  application.write("work", "a file where the folder was");
  await page.type("not lost");
  await notebook.banner.first().waitFor();
  await expect.poll(() => notebook.saveState()).toMatch(/failed|Changed/);
  application.remove("work");
  application.write("work/other.txt", "");
  await notebook.banner.getByRole("button", { name: /Try again|Keep mine/ }).click();

  await expect
    .poll(() => application.has("work/notes.ipynb") && application.sourcesOf("work/notes.ipynb"))
    .toEqual(["not lost"]);
});

story(
  "killed before it saved: the next start shows everything, and offers the saved version",
  async ({ application, visitor }) => {
    application.settings("autosave_seconds = 3600");
    await application.restart();
    const page = await visitor.newcomer();
    page.expectError(/ERR_CONNECTION_REFUSED|WebSocket connection/);
    application.write("typed.ipynb", notebookText(["saved"]));
    const notebook = await page.openNotebook("typed.ipynb");
    await notebook.edit(1);
    await page.type("not ");
    await expect.poll(() => application.journals()).toContain("not saved");
    await application.kill();
    await application.start();
    await page.document.getByText(/ended before this notebook was saved/).waitFor();

    expect(await notebook.sources()).toEqual(["not saved"]);
    await page.document.getByRole("button", { name: "Show the saved version" }).click();
    await expect.poll(() => notebook.sources()).toEqual(["saved"]);
    await page.document.getByRole("button", { name: "Show what was restored" }).click();
    await expect.poll(() => notebook.sources()).toEqual(["not saved"]);
    await page.document.getByRole("button", { name: "Keep this" }).click();
    await expect.poll(() => page.document.getByText(/ended before this notebook/).count()).toBe(0);
  },
);
