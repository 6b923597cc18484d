/** Charts of real packages, drawn offline: what they need comes from the kernel's environment and from ourselves. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { PYTHON, REPOSITORY } from "./application";
import { notebookText, python } from "./notebooks";
import { story } from "./stories";

const KERNEL = [join(REPOSITORY, ".cache/outputs/bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"];
const CHARTS = [
  "import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[3, 1, 2]), layout={'title': {'text': 'Moons'}})",
  "import altair as alt\nchart = alt.Chart(alt.Data(values=[{'a': 1, 'b': 2}])).mark_bar().encode(x='a:Q', y='b:Q')\nchart",
  "alt.renderers.enable('mimetype')\nchart",
  "from bokeh.io import output_notebook, show\nfrom bokeh.plotting import figure\noutput_notebook()\nplot = figure(width=300, height=200, title='Rings')\nplot.line([1, 2], [3, 4])\nshow(plot)",
  "import folium\nfolium.Map([50, 10], zoom_start=4)",
];
/** Of each library one that it cannot draw. */
const BROKEN = `from bokeh.embed.notebook import notebook_content
def broken(text, **data): display({"text/plain": text, **data}, raw=True)
broken("Vega!", **{"application/vnd.vegalite.v6+json": {"mark": "heap", "data": {"values": []}, "encoding": {}}})
broken("Lite!", **{"application/vnd.vegalite.v6+json": "nothing"})
broken("Plotly!", **{"application/vnd.plotly.v1+json": {"data": [{"type": "heap"}]}})
script = notebook_content(plot)[0].replace('"name":"Line"', '"name":"Heap"')
broken("Bokeh!", **{"application/vnd.bokehjs_exec.v0+json": "", "application/javascript": script})`;
const WITHOUT_NETWORK = /net::ERR_FAILED|L is not defined|Heap/;

story(
  "Plotly, Altair and Bokeh are drawn offline; Folium says what it lacks, broken charts what is wrong",
  async ({ application, page }) => {
    page.expectError(WITHOUT_NETWORK);
    await page.browserPage.context().route(
      (address) => address.hostname !== "127.0.0.1" && address.protocol.startsWith("http"),
      (route) => route.abort(),
    );
    application.installKernel("charts", "Charts", KERNEL);
    application.write("charts.ipynb", notebookText([...CHARTS, BROKEN], python("charts", "Charts")));
    const notebook = await page.openNotebook("charts.ipynb");
    for (const n of [1, 2, 3, 4, 5]) await notebook.runCell(n);
    const drawn = (n: number) => notebook.outputOf(n).locator("iframe").last().contentFrame();

    await drawn(1).locator(".main-svg").first().waitFor();
    await drawn(1).getByText("Moons").waitFor();
    await drawn(2).locator("svg.marks").waitFor();
    await drawn(3).locator("svg.marks").waitFor();
    await drawn(4).locator(".bk-Figure canvas").first().waitFor();
    await notebook
      .outputOf(5)
      .getByText(/could not be loaded from the network: .*cdn\.jsdelivr\.net/)
      .waitFor();
    await expect
      .poll(async () => (await notebook.outputOf(1).locator("iframe").boundingBox())?.height)
      .toBeGreaterThan(400);

    await notebook.runCell(6);
    const broken = notebook.outputOf(6);
    for (const text of ["Vega!", "Lite!", "Plotly!", "Bokeh!"]) await broken.getByText(text).waitFor();
    await expect.poll(() => broken.getByText(/^This output could not be shown: \S/).count()).toBe(4);

    await page.browserPage.reload(); // what was run here is trusted here
    await page.notebook();
    await notebook.show(1);
    await drawn(1).locator(".main-svg").first().waitFor();
    await notebook.show(4);
    await drawn(4).locator(".bk-Figure canvas").first().waitFor();
    const other = await page.another();
    other.expectError(WITHOUT_NETWORK);
    const second = await other.openNotebook("charts.ipynb");
    await second.show(4);
    await second.outputOf(4).locator("iframe").last().contentFrame().locator(".bk-Figure canvas").first().waitFor();
  },
);

/** A wheel that pip takes for Plotly: the script of the real one alone. */
const WHEEL = `import pathlib, sys, zipfile
script = next(pathlib.Path(sys.argv[1]).glob("lib/python*/site-packages/plotly/package_data/plotly.min.js"))
with zipfile.ZipFile(sys.argv[2] + "/plotly-9.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("plotly/__init__.py", "")
    wheel.write(script, "plotly/package_data/plotly.min.js")
    wheel.writestr("plotly-9.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: plotly\\nVersion: 9.0\\n")
    wheel.writestr("plotly-9.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("plotly-9.0.dist-info/RECORD", "plotly/__init__.py,,\\nplotly/package_data/plotly.min.js,,\\n")`;

story(
  "a plot whose package is missing is drawn when that has been installed from there",
  async ({ application, page }) => {
    page.expectError(/404/);
    const [packages, wheels] = [join(application.folder, "packages"), join(application.folder, "wheels")];
    const env = { PYTHONPATH: packages, PIP_TARGET: packages, PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels };
    application.installKernel("bare", "Bare", undefined, env);
    application.write("wheels/none.txt", "");
    const code = `figure = {"data": [{"type": "bar", "y": [3, 1, 2]}]}
figure["layout"] = {"title": {"text": "Moons"}}
display({"application/vnd.plotly.v1+json": figure}, raw=True)`;
    application.write("bare.ipynb", notebookText([code], python("bare", "Bare")));
    const notebook = await page.openNotebook("bare.ipynb");
    await notebook.runCell(1);
    const output = notebook.outputOf(1);
    await output.getByRole("button", { name: "Install plotly" }).click();
    await output.getByText(/plotly could not be fetched.* When there is a network: .*pip install plotly/).waitFor();
    expect(await barriers(page)).toEqual([]);

    execFileSync(PYTHON, ["-c", WHEEL, join(REPOSITORY, ".cache/outputs"), wheels]); // now there is a place to fetch from
    await output.getByRole("button", { name: "Try again" }).click();
    await output.locator("iframe").contentFrame().getByText("Moons").waitFor();
  },
);
