/** Export: one HTML file, the same from the menu and from the command line, which needs and runs nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { REPOSITORY, type Application } from "./application";
import { hostileCells, hostileVectors } from "./hostile";
import { ApplicationPage } from "./page";
import { story } from "./stories";

const NAME = "every kind.ipynb";
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAD0lEQVR4nGNgaGiAIRgLADS4A/2D8rgQAAAAAElFTkSuQmCC";

function output(data: object): object {
  return { output_type: "display_data", metadata: {}, data };
}

function code(id: string, source: string, ...outputs: readonly object[]): object {
  return { cell_type: "code", id, metadata: {}, execution_count: 1, source, outputs };
}

const TABLE =
  "<table><thead><tr><th></th><th>height</th></tr></thead><tbody><tr><th>0</th><td>7</td></tr></tbody></table>";
const STYLED = `<style>#T_1 td { background: #ffee88 }</style><table id="T_1"><tr><td>styled</td></tr></table>`;
const FRAMES = [
  "\u001b[31mValueError\u001b[0m  Traceback",
  "Cell \u001b[32mIn[1]\u001b[0m\n\u001b[32m----> 1\u001b[0m tall()",
];
const CELLS = [
  {
    cell_type: "markdown",
    id: "text",
    metadata: {},
    source:
      "# Trees\n\nMaths $x^2$, [a heading](#Trees), a file ![dot](dot.png), ![away](https://a.example/x.png), ![in](attachment:in.png)\n\n- [x] done",
    attachments: { "in.png": { "image/png": PNG } },
  },
  code("code", "import math\nprint('\\x1b[31mred\\x1b[0m')", {
    output_type: "stream",
    name: "stdout",
    text: "\u001b[31mred\u001b[0m\n",
  }),
  code("stderr", "warn()", { output_type: "stream", name: "stderr", text: "a warning\n" }),
  code("table", "table", output({ "text/html": TABLE, "text/plain": "7" }), output({ "text/html": STYLED })),
  code("plot", "plot()", output({ "image/png": PNG, "text/plain": "<Figure size 3x2>" })),
  code("latex", "formula", output({ "text/latex": "$\\frac{1}{2}$" })),
  code("live", "chart", output({ "application/vnd.plotly.v1+json": { data: [] }, "text/plain": "a chart" })),
  code("error", "tall()", { output_type: "error", ename: "ValueError", evalue: "too tall", traceback: FRAMES }),
  ...hostileVectors().flatMap((vector) =>
    hostileCells(vector).map((cell, at) => ({ metadata: {}, id: `v${vector.number}-${at}`, ...cell })),
  ),
].map((cell) =>
  "cell_type" in cell && cell.cell_type === "code" ? { execution_count: null, outputs: [], ...cell } : cell,
);

function prepare(application: Application): void {
  application.write(NAME, JSON.stringify({ cells: CELLS, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  application.write("dot.png", "");
}

/** The file as somebody opens it who has nothing else: what it asks for, and what it runs. */
async function opened(browser: Browser, file: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 }, offline: true, ...options });
  const page = new ApplicationPage(await context.newPage(), "");
  const asked: string[] = [];
  const ran: unknown[] = [];
  await page.browserPage.exposeBinding("xss", (_, id: unknown) => ran.push(id));
  page.browserPage.on("request", (request) => asked.push(request.url()));
  await page.browserPage.goto(pathToFileURL(file).href);
  return { page, context, asked: asked.filter((url) => !url.startsWith("data:")).slice(1), ran };
}

story("HTML from the menu needs nothing, runs nothing, and bars nobody", async ({ application, visitor, browser }) => {
  prepare(application);
  const page = await visitor.newcomer({ acceptDownloads: true });
  page.expectError(/Failed to load resource|ERR_|Refused|violates/);
  await page.openNotebook(NAME);
  const downloaded = page.browserPage.waitForEvent("download");
  await page.command("Export as HTML…");
  const file = join(REPOSITORY, ".cache", "e2e", "exported.html");
  const download = await downloaded;
  await download.saveAs(file);
  expect(download.suggestedFilename()).toBe("every kind.html");
  const html = readFileSync(file, "utf8");

  expect(await application.command("export", NAME, "--to", "html", "--output", "-")).toBe(html);
  expect(html).toContain("<msup>");
  expect(html).not.toContain("files/");

  const shown = await opened(browser, file);
  expect(await shown.page.browserPage.getByRole("heading", { name: "Trees" }).isVisible()).toBe(true);
  expect([shown.asked, shown.ran]).toEqual([[], []]);
  await shown.context.close();

  const unprotected = await opened(browser, file, { bypassCSP: true }); // axe comes in, and nothing else stands in the way
  expect(unprotected.ran).toEqual([]);
  await unprotected.page.browserPage.evaluate((last) => {
    for (const cell of [...document.querySelectorAll(".cell")].slice(last)) cell.remove(); // what is hostile is no model
  }, 8);
  expect(await barriers(unprotected.page)).toEqual([]);
  for (const colorScheme of ["light", "dark"] as const) {
    await unprotected.page.browserPage.emulateMedia({ colorScheme });
    await unprotected.page.picture(join(REPOSITORY, ".cache", "e2e", `exported-${colorScheme}.png`));
  }
  await unprotected.context.close();
});

story("a script, Markdown and PDF", async ({ application, page }) => {
  application.copyExample("welcome.ipynb");
  await page.enter("welcome.ipynb");
  await page.notebook();
  const downloaded = page.browserPage.waitForEvent("download");
  await page.command("Export as a script…");
  const download = await downloaded;

  expect(download.suggestedFilename()).toBe("welcome.py");
  expect(await application.command("export", "welcome.ipynb", "--to", "py", "--output", "-")).toBe(
    readFileSync(await download.path(), "utf8"),
  );
  await application.command("export", "welcome.ipynb", "--to", "md");
  await application.command("export", "welcome.ipynb", "--to", "pdf");
  expect(application.read("welcome.md")).toContain("](welcome_files/");
  expect(application.read("welcome.pdf").startsWith("%PDF")).toBe(true);
});
