/** Cells: added, changed, moved, deleted, and all of it undone. */
import type { Route } from "playwright-core";
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

const THREE = notebookText(["one = 1", "two = 2", "three = 3"]);

story("A and B add a cell above and below, and it is the selected one", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.select(2);
  await page.press("a");
  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "", "two = 2", "three = 3"]);
  await page.press("b");
  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "", "", "two = 2", "three = 3"]);

  expect(await notebook.selected()).toEqual([3]);
});

story("“+ Code” at the end adds a cell that can be typed into", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const notebook = await page.openNotebook("cells.ipynb");
  await page.document.getByRole("button", { name: "Insert a code cell here" }).last().click();
  await expect.poll(() => notebook.count()).toBe(4);
  await notebook.edit(4);
  await page.type("four = 4");

  await expect
    .poll(() => application.sourcesOf("cells.ipynb"))
    .toEqual(["one = 1", "two = 2", "three = 3", "four = 4"]);
});

story("D D deletes, Z brings it back where it was", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.select(2);
  await page.press("d", "d");
  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "three = 3"]);
  await expect.poll(() => application.sourcesOf("cells.ipynb")).toEqual(["one = 1", "three = 3"]);
  await page.press("z");

  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "two = 2", "three = 3"]);
  await expect.poll(() => application.sourcesOf("cells.ipynb")).toEqual(["one = 1", "two = 2", "three = 3"]);
});

story("whoever types right after Enter loses nothing and runs no command", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const held: Route[] = [];
  let released = false; // the chunk may be asked for more than once
  await page.browserPage.route(/\/editor-/, (route) => (released ? route.continue() : void held.push(route)));
  const notebook = await page.openNotebook("cells.ipynb");
  await page.press("Enter");
  await expect.poll(() => page.status.locator("[data-part=mode]").textContent()).toBe("Edit");
  await page.browserPage.keyboard.type("dd = xx");
  await page.press("Backspace", "Enter");
  await expect.poll(() => notebook.sources()).toEqual(["dd = x\none = 1", "two = 2", "three = 3"]);
  await page.press("Control+a", "Control+End");
  await page.browserPage.keyboard.type("0; one");
  await page.press("Control+Home", "ArrowDown", "ArrowUp", "Control+Delete");
  await page.browserPage.keyboard.type("x = 5 #");
  await page.press("Control+Enter");
  await expect.poll(() => notebook.outputOf(1).allTextContents()).toEqual(["10\n"]);

  await page.press("Enter");
  await page.browserPage.keyboard.type("!");
  await expect.poll(() => held.length).toBeGreaterThan(0);
  released = true;
  await Promise.all(held.map((route) => route.continue()));
  await expect.poll(() => notebook.cell(1).locator(".cm-content:focus").count()).toBe(1);
  await page.browserPage.keyboard.type("!");
  await expect.poll(() => notebook.sources()).toEqual(["x = 5 #!! = x\none = 10; one", "two = 2", "three = 3"]);
  await page.press("Control+z");
  await expect.poll(() => notebook.sources()).toEqual(["x = 5 #! = x\none = 10; one", "two = 2", "three = 3"]);
  await page.press("Control+z");
  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "two = 2", "three = 3"]);
});

story(
  "a press into a cell says where typing begins, also before the editor has come",
  async ({ application, page }) => {
    application.write("cells.ipynb", notebookText(["one\n\nthree = 3"]));
    const held: Route[] = [];
    await page.browserPage.route(/\/editor-/, (route) => void held.push(route));
    const notebook = await page.openNotebook("cells.ipynb");
    const code = notebook.cell(1).locator("pre");
    const { height } = (await code.boundingBox()) ?? { height: 0 };
    await code.click({ position: { x: 12, y: (height * 5) / 6 } }); // left of the last of three lines' middle
    await page.browserPage.keyboard.type("un");

    await expect.poll(() => notebook.sources()).toEqual(["one\n\nunthree = 3"]);
    await code.click({ position: { x: 12, y: height / 6 } });
    await page.browserPage.keyboard.type("tw");

    await expect.poll(() => notebook.sources()).toEqual(["twone\n\nunthree = 3"]);
  },
);

story("the menus of a cell and of an output are before everything that they cover", async ({ application, page }) => {
  const outputs = ["one", "two"].map((text) => ({
    output_type: "display_data",
    metadata: {},
    data: { "text/plain": text },
  }));
  application.write("menus.ipynb", notebookText([{ code: "first", outputs }, "second", "third"]));
  const notebook = await page.openNotebook("menus.ipynb");
  await notebook.select(2); // its buttons are shown too, and lie below
  const first = notebook.cell(1);
  for (const button of ["More actions", "Actions for this output"]) {
    await first.hover();
    await first.getByRole("button", { name: button, exact: true }).first().click();
    const covered = await page.browserPage
      .getByRole("menuitem")
      .or(page.browserPage.getByRole("menuitemcheckbox"))
      .evaluateAll((items) =>
        items
          .filter((item) => {
            const { left, top, width, height } = item.getBoundingClientRect();
            const at = (part: number) => document.elementFromPoint(left + width * part, top + height / 2);
            return ![0.1, 0.5, 0.7, 0.8, 0.9, 0.95].every((part) => item.contains(at(part)));
          })
          .map((item) => item.textContent),
      );
    expect(covered).toEqual([]);
    await page.press("Escape");
  }
});

story("several cells are selected, cut and pasted elsewhere", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.select(1);
  await page.press("Shift+ArrowDown");
  expect(await notebook.selected()).toEqual([1, 2]);
  await page.press("x");
  await expect.poll(() => notebook.sources()).toEqual(["three = 3"]);
  await page.press("v");

  await expect.poll(() => notebook.sources()).toEqual(["three = 3", "one = 1", "two = 2"]);
});

story("a cell moves down and up again", async ({ application, page }) => {
  application.write("cells.ipynb", THREE);
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.select(1);
  await page.press("Control+Shift+ArrowDown");
  await expect.poll(() => notebook.sources()).toEqual(["two = 2", "one = 1", "three = 3"]);
  await page.press("Control+Shift+ArrowDown", "Control+Shift+ArrowUp", "Control+Shift+ArrowUp");

  await expect.poll(() => notebook.sources()).toEqual(["one = 1", "two = 2", "three = 3"]);
});

story("M and Y change what a cell is; Markdown is shown as text", async ({ application, page }) => {
  application.write("cells.ipynb", notebookText(["# A *heading*", "x"]));
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.select(1);
  await page.press("m");
  await page.press("Shift+Enter");
  await notebook.cell(1).getByRole("heading", { name: "A heading" }).waitFor();
  await expect.poll(() => application.pythonOn("cells.ipynb", "print(notebook.cells[0].cell_type)")).toBe("markdown");
  await notebook.select(1);
  await page.press("y");

  await expect.poll(() => notebook.sources()).toEqual(["# A *heading*", "x"]);
  await expect.poll(() => application.pythonOn("cells.ipynb", "print(notebook.cells[0].cell_type)")).toBe("code");
});

story("a cell is split at the caret, and merged again", async ({ application, page }) => {
  application.write("cells.ipynb", notebookText(["first = 1\nsecond = 2"]));
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.edit(1);
  await page.press("Control+Home", "ArrowDown", "Control+Shift+Minus");
  await expect.poll(() => notebook.sources()).toEqual(["first = 1", "second = 2"]);
  await page.press("Escape");
  await notebook.select(1);
  await page.press("Shift+ArrowDown", "Shift+M");

  await expect.poll(() => application.sourcesOf("cells.ipynb")).toEqual(["first = 1\nsecond = 2"]);
});

story("Markdown is edited after Enter and rendered after Shift-Enter", async ({ application, page }) => {
  application.write("cells.ipynb", notebookText([{ markdown: "old *text*" }, "x"]));
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.cell(1).locator("em", { hasText: "text" }).waitFor();
  await notebook.edit(1);
  await page.press("Control+A");
  await page.type("new **text** with $\\sqrt{2}$");
  await page.press("Shift+Enter");

  await notebook.cell(1).locator("strong", { hasText: "text" }).waitFor();
  await notebook.cell(1).locator("msqrt").waitFor();
  expect(await notebook.selected()).toEqual([2]);
});

story("completion offers what the kernel knows", async ({ application, page }) => {
  application.write("cells.ipynb", notebookText(["moon_of_jupiter = 1\nmoon_of_saturn = 2", ""]));
  const notebook = await page.openNotebook("cells.ipynb");
  await notebook.runCell(1);
  await notebook.edit(2);
  await page.browserPage.keyboard.type("moon_of");
  await page.press("Tab");
  await page.document.getByRole("option", { name: "moon_of_saturn" }).waitFor();
  await page.press("ArrowDown", "Enter");
  await expect.poll(async () => (await notebook.sources())[1]).toBe("moon_of_saturn");
  await page.press("Enter");
  await page.browserPage.keyboard.type("moon_of_j");
  await page.press("Tab");

  await expect.poll(async () => (await notebook.sources())[1]).toBe("moon_of_saturn\nmoon_of_jupiter");
});
