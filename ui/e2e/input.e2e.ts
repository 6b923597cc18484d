/** What comes by an input method or by the clipboard: composed characters, images. */
import { expect } from "vitest";
import type { Application } from "./application";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

/** Types as an input method does: the text grows and changes until it is settled. */
async function compose(page: ApplicationPage, steps: readonly string[], settled: string): Promise<void> {
  const session = await page.browserPage.context().newCDPSession(page.browserPage);
  for (const text of steps) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await session.send("Input.insertText", { text: settled });
}

/** Copies an image of 3 by 2 pixels, as any program does. */
async function copyImage(page: ApplicationPage): Promise<void> {
  await page.browserPage.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.browserPage.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 3, height: 2 });
    canvas.getContext("2d")?.fillRect(0, 0, 3, 2);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (blob !== null) await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  });
}

function attachmentsOf(application: Application, name: string): Promise<string> {
  const program =
    "print([(c.source, {n: list(b) for n, b in c.get('attachments', {}).items()}) for c in notebook.cells])";
  return application.pythonOn(name, program);
}

story("composed text arrives in the cell exactly once", async ({ application, page }) => {
  application.write("text.ipynb", notebookText([{ markdown: "text " }, "x = 1"]));
  const notebook = await page.openNotebook("text.ipynb");
  await notebook.edit(1);
  await page.press("Control+End");
  await compose(page, ["k", "ka", "か", "かn", "かんじ"], "漢字");
  await page.type(" und ");
  await compose(page, ["´"], "é");

  await expect.poll(() => notebook.sources()).toContain("text 漢字 und é");
  await expect.poll(() => application.sourcesOf("text.ipynb")[0]).toBe("text 漢字 und é");
});

story("Enter and letters while characters are being composed are no commands", async ({ application, page }) => {
  application.write("text.ipynb", notebookText(["a = 1", "b = 2"]));
  const notebook = await page.openNotebook("text.ipynb");
  await notebook.edit(1);
  await page.press("Control+End");
  const session = await page.browserPage.context().newCDPSession(page.browserPage);
  await session.send("Input.imeSetComposition", { text: "か", selectionStart: 1, selectionEnd: 1 });
  await page.press("Shift+Enter");
  await session.send("Input.insertText", { text: "か" });
  expect(await page.status.locator("[data-part=mode]").textContent()).toBe("Edit");
  await page.press("Control+Enter");

  await notebook.finished(1);
  expect(await notebook.selected()).toEqual([1]);
});

story("an image that is pasted while text is written stands at the caret", async ({ application, page }) => {
  application.write("text.ipynb", notebookText([{ markdown: "before\n\nafter" }]));
  const notebook = await page.openNotebook("text.ipynb");
  await copyImage(page);
  await notebook.edit(1);
  await page.press("Control+Home", "End", "Control+V");

  await expect.poll(() => notebook.sources()).toEqual(["before![image.png](attachment:image.png)\n\nafter"]);
  await page.press("Control+Enter");
  const image = notebook.cell(1).getByRole("img", { name: "image.png" });
  await expect.poll(() => image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(3);
  await expect
    .poll(() => attachmentsOf(application, "text.ipynb"))
    .toBe("[('before![image.png](attachment:image.png)\\n\\nafter', {'image.png': ['image/png']})]");
});

story("an image that is pasted beside a code cell gets a cell, and Z takes it back", async ({ application, page }) => {
  application.write("code.ipynb", notebookText(["x = 1"]));
  const notebook = await page.openNotebook("code.ipynb");
  await copyImage(page);
  await notebook.select(1);
  await page.press("Control+V");

  await notebook.cell(2).getByRole("img", { name: "image.png" }).waitFor();
  await page.press("z");
  await expect.poll(() => notebook.count()).toBe(1);
});
