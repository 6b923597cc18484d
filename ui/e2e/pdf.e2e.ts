/** A PDF in an output and in a file, drawn by the browser's own viewer under the page's own policy. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText, pdf } from "./notebooks";
import { story } from "./stories";

const VIEWER = expect.stringMatching(/^chrome-extension:/) as string; // under our policy, or it would be another page
const CELLS = [
  `import base64\nfrom IPython.display import display\ndisplay({"application/pdf": base64.b64encode(${JSON.stringify(pdf("Rings"))}.encode()).decode(), "text/plain": "a report"}, raw=True)`,
  `display({"application/pdf": "PGI+bm8gUERGPC9iPg==", "text/plain": "instead"}, raw=True)`,
];

story("a PDF is drawn by the browser's own viewer; what is none is said to be none", async ({ application, page }) => {
  application.write("pdf.ipynb", notebookText(CELLS));
  const notebook = await page.openNotebook("pdf.ipynb");
  await notebook.runCell(1);
  await notebook.runCell(2);
  await notebook.outputOf(2).getByText("says that it is a PDF, and is none").waitFor();
  await notebook.outputOf(1).locator("iframe").waitFor();
  await expect.poll(() => page.browserPage.frames().map((frame) => frame.url())).toContainEqual(VIEWER);
});

story("a PDF file is opened from the list of files and drawn in its tab", async ({ application, page }) => {
  application.write("report.pdf", pdf("Rings"));
  application.write("none.pdf", "no PDF");
  await page.enter();
  await page.sidePanel.getByText("report.pdf").dblclick();
  await page.document.getByTitle("report.pdf").waitFor();
  await expect.poll(() => page.browserPage.frames().map((frame) => frame.url())).toContainEqual(VIEWER);
  expect(await barriers(page)).toEqual([]);
  await page.sidePanel.getByText("none.pdf").dblclick();
  await page.document.getByText("has the name of a PDF, and is none").waitFor();
  expect(await barriers(page)).toEqual([]);
});
