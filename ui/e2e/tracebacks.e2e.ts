/** From an error to what it names: files, cells, the next error. With the tracebacks of the real kernel. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

story("a traceback leads to the line of a file, of a cell, and to the next error", async ({ application, page }) => {
  application.write("sub/tools.py", "import json\n\n\ndef read(text):\n    return json.loads(text)\n");
  const cells = ["import tools\n\ntools.read('{')", "import no_such_package", "1"];
  application.write("sub/errors.ipynb", notebookText(cells));
  const notebook = await page.openNotebook("sub/errors.ipynb");
  for (const n of [1, 2]) await notebook.runCell(n);
  const error = notebook.outputOf(1);
  expect(await error.textContent()).toContain("JSONDecodeError: Expecting property name");
  expect(await error.textContent()).not.toContain("decoder.py");
  await error.getByRole("button", { name: /library frames/ }).click();
  expect(await error.textContent()).toContain("decoder.py");

  await error.getByRole("button", { name: /Cell In\[1\], line 3/ }).click();
  await expect.poll(() => page.status.textContent()).toContain("Ln 3, Col 1");
  await error.getByRole("button", { name: "Next error" }).click();
  await expect.poll(() => notebook.selected()).toEqual([2]);
  expect(await notebook.outputOf(2).textContent()).toContain("no_such_package is not installed in this environment.");
  await page.press("F8");
  await expect.poll(() => notebook.selected()).toEqual([1]);
  await error.getByRole("button", { name: /tools\.py:5/ }).click();
  await page.tab("tools.py").waitFor();
  await expect.poll(() => page.status.textContent()).toContain("Ln 5, Col 1");
});
