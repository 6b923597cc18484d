/** A PDF in an output, drawn by the browser's own viewer under the page's own policy. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

/** The smallest whole PDF with a line of text. */
function pdf(text: string): string {
  const stream = `BT /F1 24 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join("");
  return `%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF`;
}

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
