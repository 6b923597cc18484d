// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Cell, newCell, type Notebook } from "../model";
import { exportHtml, type ExportOptions } from "./exportHtml";
import { notebookOf } from "../wireForm";

const trees = readFileSync(new URL("../../../../tests/vectors/export/trees.ipynb", import.meta.url), "utf8");
const OPTIONS: ExportOptions = {
  title: "Trees & <more>",
  pageLanguage: "en",
  language: "python",
  folder: "",
  withInput: true,
  load: () => Promise.reject(new Error("nothing is there")),
};

async function page(notebook: Notebook, more: Partial<ExportOptions> = {}): Promise<string> {
  return (await exportHtml(notebook, { ...OPTIONS, ...more })).join("");
}

function holding(...cells: readonly Cell[]): Notebook {
  return { metadata: {}, cells };
}

test("every cell is on the page, with its count, its code in colours and its attachments inside", async () => {
  const made = await page(notebookOf(JSON.parse(trees)));
  expect(made).toContain("<title>Trees &amp; &lt;more&gt;</title>");
  expect(made).toContain('<div class="count">[5]</div>');
  expect(made).toContain('<span class="tok-keyword">import</span>');
  expect(made).toMatch(
    /<img[^>]*src="data:image\/png;base64,iVBOR[^>]*alt="dot"|<img[^>]*alt="dot"[^>]*src="data:image\/png;base64,iVBOR/,
  );
  expect(made).not.toContain("secret = 1"); // the notebook hides it
  expect(made.trimEnd().endsWith("</html>")).toBe(true);
});

test("the page forbids itself scripts and everything that would be loaded", async () => {
  const made = await page(holding(newCell("a", "code", "x")));
  expect(made).toContain(`content="default-src 'none'; img-src data:;`);
  expect(made).not.toMatch(/<script|@import|url\((?!["']?data:|#)/);
});

test("without input the text and the outputs are left", async () => {
  const made = await page(notebookOf(JSON.parse(trees)), { withInput: false });
  expect(made).not.toContain("import");
  expect(made).toContain("ZeroDivisionError");
  expect(made).toContain("Trees</h1>");
});

test("a page without a heading has one for those who do not see it", async () => {
  expect(await page(holding(newCell("a", "code", "x")))).toContain(
    '<h1 class="visually-hidden">Trees &amp; &lt;more&gt;</h1>',
  );
  expect(await page(holding(newCell("a", "markdown", "# One")))).not.toContain('<h1 class="visually-hidden">');
});

test("an export that is given up ends with the reason", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  await expect(page(holding(newCell("a", "code", "x")), { signal: stop.signal })).rejects.toThrow("enough");
});
