/** Notebooks that nobody should have written: each opens, says what is wrong where it is, and the rest goes on. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import { story } from "./stories";

const display = (data: unknown, metadata: unknown = {}): object => ({ output_type: "display_data", data, metadata });

/** What no kernel should send. */
const MALFORMED: readonly object[] = [
  display(null),
  display([]),
  display("text"),
  display({}),
  display({ "text/plain": null }),
  display({ "text/plain": 7 }),
  display({ "text/plain": ["a", 7, null] }),
  display({ "text/html": { a: 1 }, "text/plain": "instead" }),
  display({ "image/png": 12, "text/plain": "instead of an image" }),
  display({ "image/png": "no base64 at all §", "text/plain": "instead of a broken image" }),
  display({ "image/svg+xml": "<svg", "text/plain": "instead of a broken SVG" }),
  display({ "application/json": null }),
  display({ "application/pdf": "§" }),
  display({ "audio/wav": "§" }),
  display({ "application/vnd.plotly.v1+json": null, "text/plain": "instead of a plot" }),
  display({ "application/vnd.jupyter.widget-view+json": null, "text/plain": "instead of a widget" }),
  display({ "application/vnd.vegalite.v5+json": [], "text/plain": "a chart" }),
  display({ "text/plain": "metadata" }, null),
  display({ "text/plain": "metadata" }, { "text/plain": 3 }),
  { output_type: "stream", text: "no name" },
  { output_type: "stream", name: "stdout" },
  { output_type: "stream", name: "stdout", text: { a: 1 } },
  { output_type: "error" },
  { output_type: "error", ename: null, evalue: 3, traceback: "one text" },
  { output_type: "error", ename: "E", evalue: "v", traceback: [null, 3] },
  { output_type: "execute_result", data: { "text/plain": "count" }, execution_count: "x" },
  { output_type: "unheard of" },
  { output_type: 3 },
  {},
];

story(
  "malformed outputs: each is shown as what it is, and the cells behind it go on",
  async ({ application, page }) => {
    page.expectError(/could not be shown|Failed to load|ERR_/);
    const cells = MALFORMED.map((output, at) => ({ code: `made_${at}()`, outputs: [output] }));
    application.write("malformed.ipynb", notebookText([...cells, "print('still here')"]));
    const notebook = await page.openNotebook("malformed.ipynb");
    expect(await notebook.count()).toBe(MALFORMED.length + 1);
    const shown: string[] = [];
    for (let n = 1; n <= MALFORMED.length; n++) {
      await notebook.show(n);
      shown.push((await notebook.outputOf(n).allTextContents()).join("|"));
    }
    await notebook.runCell(MALFORMED.length + 1);

    expect(await notebook.outputOf(MALFORMED.length + 1).textContent()).toBe("still here\n");
  },
);

story("cells without ids, with the same id, and 20,000 of them", async ({ application, page }) => {
  const cell = (id: string | undefined, source: string): object => ({
    cell_type: "code",
    ...(id !== undefined && { id }),
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  });
  const many = Array.from({ length: 20_000 }, (_, at) =>
    cell(at % 3 === 0 ? undefined : `same-${at % 100}`, `cell_${at + 1} = 1`),
  );
  application.write("many.ipynb", JSON.stringify({ cells: many, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const notebook = await page.openNotebook("many.ipynb");
  expect(await notebook.count()).toBe(20_000);
  const ids = await notebook.cells.evaluateAll((cells) => cells.map((one) => one.getAttribute("data-cell")));
  expect(new Set(ids).size).toBe(ids.length);
  await notebook.select(2);
  await page.press("Enter");
  await page.type("# typed ");
  await page.press("Escape", "End");
  await notebook.cell(20_000).waitFor();
  await expect.poll(() => application.sourcesOf("many.ipynb")[1]).toContain("# typed ");
  expect(application.sourcesOf("many.ipynb")[4]).toBe("cell_5 = 1");
});

story(
  "50 MB of HTML and a line of a million letters: the page goes on, and shows them when asked",
  async ({ application, page }) => {
    const html = "<p>paragraph</p>".repeat(3_300_000);
    const outputs = [display({ "text/html": html, "text/plain": "instead of the HTML" })];
    const line = "x".repeat(1_000_000);
    const cells = [
      { code: "giant()", outputs },
      {
        code: "line()",
        outputs: [
          display({ "text/plain": line }),
          { output_type: "error", ename: "E", evalue: line, traceback: [line] },
        ],
      },
      "",
    ];
    application.write("giant.ipynb", notebookText(cells));
    const notebook = await page.openNotebook("giant.ipynb");
    await notebook.outputOf(1).getByText("This output is large").waitFor();
    expect(await notebook.outputOf(1).textContent()).toContain("instead of the HTML");
    await notebook.show(2);
    expect((await notebook.outputOf(2).allTextContents()).join("").length).toBeLessThan(100_000);
    await notebook.edit(3);
    await page.type("typed");
    await expect.poll(() => notebook.sources()).toContain("typed");
  },
);
