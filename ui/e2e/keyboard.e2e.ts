/** Working without a mouse. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

story("F6 goes around the regions, and back", async ({ page }) => {
  const region = () =>
    page.browserPage.evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("data-region"));
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor();
  const seen = new Set<unknown>();
  for (let presses = 0; presses < 5; presses++) {
    await page.press("F6");
    seen.add(await region());
  }

  expect([...seen].sort()).toEqual(["document", "rail", "side", "status", "tabs"]);
});

story("Tab reaches everything on the welcome page, and what has the focus shows it", async ({ page }) => {
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor();
  const seen: string[] = [];
  const hidden: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.press("Tab");
    const name = (await page.focused()).slice(0, 40);
    seen.push(name);
    if (!(await hasFocusRing(page))) hidden.push(name);
  }

  expect(seen).toEqual(expect.arrayContaining(["Welcome", "New notebook", "Open…", "Open folder…", "Find a command"]));
  expect(hidden).toEqual([]);
});

story("the palette finds a command by parts of its name and runs it", async ({ page }) => {
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor();
  await page.press("Control+Shift+P");
  await page.dialog.getByRole("combobox").waitFor();
  await page.type("qqq");
  await expect.poll(() => page.dialog.getByText("No command matches “qqq”").count()).toBe(1);
  await page.dialog.getByRole("combobox").fill("keybmap");
  await expect.poll(() => page.dialog.getByRole("option").first().textContent()).toContain("Keyboard map");
  await page.press("Enter");

  await page.dialog.getByRole("heading", { name: "Keyboard map" }).waitFor();
  await page.press("Escape");
  await page.dialog.waitFor({ state: "detached" });
});

story("Escape leaves the palette, and the focus is where it was", async ({ page }) => {
  await page.button("Open…").focus();
  await page.press("F1");
  await page.dialog.waitFor();
  await page.press("Escape");
  await page.dialog.waitFor({ state: "detached" });

  expect(await page.focused()).toBe("Open…");
});

story("a notebook is run, edited and read without a mouse", async ({ application, page }) => {
  application.write("keys.ipynb", notebookText(["first = 1", "first + 1"]));
  const notebook = await page.openNotebook("keys.ipynb");
  await expect.poll(() => page.focused()).toMatch(/^Code cell 1 of 2/);
  await page.press("Shift+Enter", "Shift+Enter");
  await notebook.finished(2);
  await expect.poll(() => notebook.count()).toBe(3);
  await page.browserPage.keyboard.type("first + 2");
  await page.press("Escape");
  await expect.poll(() => page.focused()).toMatch(/^Code cell 3 of 3/);
  await page.press("k", "Enter", "Control+End");
  await page.browserPage.keyboard.type("0");
  await page.press("Control+Enter");
  await expect.poll(() => page.focused()).toMatch(/^Code cell 2 of 3/);

  await expect.poll(() => notebook.outputOf(2).allTextContents()).toEqual(["11\n"]);
  expect(await notebook.sources()).toEqual(["first = 1", "first + 10", "first + 2"]);
});

story("Tab goes from a notebook to its buttons and back, F6 to the other regions", async ({ application, page }) => {
  application.write("keys.ipynb", notebookText(["first = 1", "second = 2"]));
  const notebook = await page.openNotebook("keys.ipynb");
  await notebook.select(2);
  await page.press("Tab");
  await expect.poll(() => page.focused()).toBe("Run this cell");
  await page.press("Shift+Tab");
  await expect.poll(() => page.focused()).toMatch(/^Code cell 2 of 2/);
  await page.press("F6", "Shift+F6");

  await expect.poll(() => page.focused()).toMatch(/^Code cell 2 of 2/);
});

/** Whether the focused element has an outline, or is a splitter that shows its line. */
function hasFocusRing({ browserPage }: ApplicationPage): Promise<boolean> {
  return browserPage.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return true; // the browser's own turn
    const { outlineStyle, outlineWidth, backgroundImage } = getComputedStyle(element);
    const line = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return line || (element.role === "separator" && backgroundImage !== "none");
  });
}
