/** Section 7, outputs: every kind as a file has it, and those that want a kernel. */
import { join } from "node:path";
import { REPOSITORY } from "../application";
import { notebookText, python } from "../notebooks";
import type { OpenNotebook } from "../openNotebook";
import { printed, until } from "./code";
import type { Stage, Walk } from "./walk";

const shown = (data: object): object => ({ output_type: "display_data", metadata: {}, data });
const failed = (ename: string, evalue: string, frames: readonly string[]): object => ({
  output_type: "error",
  ename,
  evalue,
  traceback: [`${ename}                 Traceback (most recent call last)`, ...frames, `${ename}: ${evalue}`],
});
const frame = (place: string, text: string): string => `\u001b[36m${place}\u001b[39m\n${text}`;
const sgr = (codes: string, text: string): string => `\u001b[${codes}m${text}\u001b[0m`;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

const COLOURS = [
  [30, 31, 32, 33, 34, 35, 36, 37, 90, 91, 92, 93, 94, 95, 96, 97]
    .map((code) => sgr(String(code), ` ${code} `))
    .join(""),
  [40, 41, 42, 43, 44, 45, 46, 47, 100, 101, 102, 103, 104, 105, 106, 107]
    .map((code) => sgr(String(code), ` ${code} `))
    .join(""),
  ["1", "3", "4", "7", "9", "2"].map((code) => sgr(code, `style ${code}`)).join(" "),
  range(36)
    .map((at) => sgr(`38;5;${16 + 6 * at}`, `${16 + 6 * at} `))
    .join(""),
  range(60)
    .map((at) => sgr(`38;2;${4 * at};${255 - 4 * at};128`, "█"))
    .join(""),
].join("\n");

function table(rows: number): string {
  const head = range(14).map((at) => `<th>column_${at}</th>`);
  const body = range(rows).map((row) => {
    const cells = range(14).map((at) => `<td>${(row * 3.14159 * (at + 1)).toFixed(3)}</td>`);
    return `<tr><th>${row}</th>${cells.join("")}</tr>`;
  });
  const whole = `<table><thead><tr><th></th>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return `${whole}<p>${rows} rows × 14 columns</p>`;
}

const SVG =
  "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='120'><rect width='300' height='120' fill='teal'/></svg>";
const LONG = range(1_300)
  .map((line) => `line ${line}: ${"and more ".repeat(line % 17)}`)
  .join("\n");
const VEGA = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  data: { values: range(5).map((at) => ({ a: "ABCDE"[at], b: 20 + 7 * at })) },
  mark: "bar",
  encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },
};

/** Each kind by the name of its picture. */
const KINDS: readonly (readonly [name: string, ...outputs: object[]])[] = [
  ["text and its result", printed("one\ntwo\n"), shown({ "text/plain": "{'a': [1, 2, 3]}" })],
  ["colours", printed(COLOURS)],
  ["stderr", { output_type: "stream", name: "stderr", text: "x.py:12: UserWarning: odd\n" }, printed("after it\n")],
  [
    "an error",
    failed("KeyError", "'x'", [
      frame("Cell In[3], line 1", "----> 1 lookup(data, 'x')"),
      ...range(4).map((at) => frame(`File /usr/lib/python3/site-packages/part_${at}.py:12, in inner`, "---> 12 raise")),
    ]),
  ],
  [
    "a missing package",
    failed("ModuleNotFoundError", "No module named 'moons'", [frame("Cell In[4], line 1", "----> 1 import moons")]),
  ],
  ["long text", printed(LONG)],
  ["a table", shown({ "text/html": table(8) })],
  ["a long table", shown({ "text/html": table(150) })],
  ["an image", shown({ "image/svg+xml": SVG, "text/plain": "<Figure>" })],
  ["HTML", shown({ "text/html": "<h2>Heading</h2><p><b>Bold</b>, <a href='https://example.org'>a link</a>.</p>" })],
  ["a script", shown({ "text/html": "<p>static</p><script>document.body.append('ran')</script>" })],
  ["Markdown", shown({ "text/markdown": "## From *Markdown*\n\n1. one\n2. two\n\n> quote" })],
  ["LaTeX", shown({ "text/latex": "$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$$" })],
  ["JSON", shown({ "application/json": { name: "x", list: [1, "two", null], deep: { er: {} }, many: range(130) } })],
  ["sound", shown({ "audio/wav": "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=" })],
  ["a broken film", shown({ "video/mp4": "AAAA" })],
  ["an unknown type", shown({ "application/x-unknown": "?" })],
  ["a broken image", shown({ "image/png": "AAAA", "text/plain": "<Figure>" })],
  ["a tall output", shown({ "text/html": "<div style='height:1840px;background:linear-gradient(#abc,#cba)'></div>" })],
  ["1,100 outputs", ...range(1_100).map((at) => shown({ "text/plain": `display ${at}` }))],
  ["Vega", shown({ "application/vnd.vegalite.v5+json": VEGA, "text/plain": "Chart" })],
  ["Plotly missing", shown({ "application/vnd.plotly.v1+json": { data: [], layout: {} }, "text/plain": "Figure" })],
];

async function atTop(notebook: OpenNotebook, n: number): Promise<void> {
  await notebook.show(n);
  await notebook.cell(n).evaluate((cell) => cell.scrollIntoView({ block: "start" }));
}

async function menuOf(notebook: OpenNotebook, n: number, look: Stage["look"]): Promise<void> {
  await notebook.outputOf(n).hover();
  await notebook.cell(n).getByRole("button", { name: "Actions for this output" }).click();
  await notebook.page.browserPage.getByRole("menu").waitFor();
  await look("view as, and what else can be done with an image");
  await notebook.page.press("Escape");
}

async function findIn(notebook: OpenNotebook, n: number, look: Stage["look"]): Promise<void> {
  await notebook.outputOf(n).getByRole("button", { name: "Find in output" }).click();
  await notebook.page.type("line 12");
  await look("find in long text");
  await notebook.page.press("Escape");
}

async function kinds({ page, look }: Stage): Promise<void> {
  page.expectError(/./); // broken films and missing packages are told on the console too
  const notebook = await page.openNotebook("kinds.ipynb");
  for (const [at, [name]] of KINDS.entries()) {
    await atTop(notebook, at + 1);
    if (name === "Vega")
      await notebook
        .outputOf(at + 1)
        .locator("iframe")
        .waitFor();
    await look(name);
    if (name === "an image") await menuOf(notebook, at + 1, look);
    if (name === "long text") await findIn(notebook, at + 1, look);
  }
}

const BREAKS = "break here";
const BROKEN = notebookText([{ code: "broken", outputs: [shown({ "application/json": { text: BREAKS } })] }, "beside"]);

/** Whatever writes this text in JSON throws, and so does what draws it. */
function breakOn(text: string): void {
  const real = JSON.stringify;
  JSON.stringify = (...args: unknown[]) => {
    if (args[0] === text) throw new Error("This picture wants to see a failure.");
    return real(...(args as Parameters<typeof real>));
  };
}

async function throws({ page, look }: Stage): Promise<void> {
  page.expectError(/could not be shown|wants to see a failure/);
  await page.browserPage.addInitScript(breakOn, BREAKS);
  const notebook = await page.openNotebook("broken.ipynb");
  await notebook.outputOf(1).getByRole("button", { name: "Show as text" }).waitFor();
  await look("a renderer that throws");
  await notebook.outputOf(1).getByRole("button", { name: "Show as text" }).click();
  await look("its text");
}

/** The Python with the packages of the outputs' stories. */
const WIDGETS = [join(REPOSITORY, ".cache/outputs/bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"];

const LIVE = [
  `for n in range(40, 101, 30):\n    print(f"\\r{n:3d} %|{'█' * (n // 5):20}|", end="")\n${until("go")}`,
  "input('How many? ')",
  "from getpass import getpass\ngetpass('Password: ')",
  "import moons",
  "import ipywidgets\nipywidgets.VBox([ipywidgets.IntSlider(description='n', value=4), ipywidgets.Text('text'), ipywidgets.Button(description='Press')])",
  "import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[3, 1, 2]), layout={'title': {'text': 'Moons'}, 'height': 300})",
  "from bokeh.io import output_notebook, show\nfrom bokeh.plotting import figure\noutput_notebook()\nplot = figure(width=600, height=300, title='Rings')\nplot.line([1, 2, 4], [3, 4, 1])\nshow(plot)",
];

async function live({ application, page, look }: Stage): Promise<void> {
  application.installKernel("widgets", "Widgets", WIDGETS);
  const notebook = await page.openNotebook("live.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await notebook.outputOf(1).getByText("100 %").waitFor();
  await look("a progress bar");
  application.write("go", "");
  await notebook.finished(1);
  for (const [n, label] of [
    [2, "How many?"],
    [3, "Password:"],
  ] as const) {
    await notebook.select(n);
    await page.press("Control+Enter");
    await notebook.cell(n).getByLabel(label).waitFor();
    await page.type("7");
    await look(n === 2 ? "a question" : "a password");
    await page.press("Enter");
    await notebook.finished(n);
  }
  await notebook.runCell(4);
  await look("a missing package, with what can be done");
  await notebook.runCell(5);
  await notebook.outputOf(5).getByRole("button", { name: "Press" }).waitFor();
  await look("widgets");
  await notebook.runCell(6);
  await notebook.outputOf(6).locator("iframe").contentFrame().locator(".main-svg").first().waitFor();
  await atTop(notebook, 6);
  await look("Plotly");
  await notebook.runCell(7);
  await notebook.outputOf(7).locator("iframe").last().contentFrame().locator(".bk-Figure canvas").first().waitFor();
  await atTop(notebook, 7);
  await look("Bokeh");
}

export const OUTPUT_KINDS: readonly Walk[] = [
  {
    name: "7 outputs",
    files: { "kinds.ipynb": notebookText(KINDS.map(([name, ...outputs]) => ({ code: `show("${name}")`, outputs }))) },
    go: kinds,
  },
  { name: "7 throws", files: { "broken.ipynb": BROKEN }, go: throws },
  { name: "7 live", files: { "live.ipynb": notebookText(LIVE, python("widgets", "Widgets")) }, go: live },
];
