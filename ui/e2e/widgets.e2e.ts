/** Widgets of real packages, offline: used, after a reload, in a second window, and when their kernel has ended. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { REPOSITORY } from "./application";
import { notebookText, python } from "./notebooks";
import { story } from "./stories";

const run = promisify(execFile);
const KERNEL = [join(REPOSITORY, ".cache/outputs/bin/python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"];

story(
  "interact runs its function; a reload and a second window have what the kernel has",
  async ({ application, page }) => {
    const cells = [
      "from ipywidgets import Button, interact\n@interact(x=(0, 10))\ndef square(x=3): print('square', x * x)",
      "button = Button(description='Press')\nbutton.on_click(lambda _: print('pressed'))\nbutton",
    ];
    application.installKernel("widgets", "Widgets", KERNEL);
    application.write("w.ipynb", notebookText(cells, python("widgets", "Widgets")));
    const notebook = await page.openNotebook("w.ipynb");
    await notebook.runCell(1);
    await notebook.outputOf(1).getByText("square 9").waitFor();

    await notebook.outputOf(1).getByRole("slider").first().focus();
    await page.press("ArrowRight");
    await notebook.outputOf(1).getByText("square 16").waitFor();
    await notebook.runCell(2);
    await notebook.outputOf(2).getByRole("button", { name: "Press" }).click();
    await notebook.outputOf(2).getByText("pressed").waitFor();
    await page.press("Enter"); // the button's own key, not the notebook's
    await expect.poll(() => notebook.outputOf(2).last().textContent()).toBe("pressed\npressed\n");

    const other = await page.another();
    await other.enter("w.ipynb");
    const theirs = await other.notebook();
    const slider = theirs.outputOf(1).getByRole("slider").first();
    await expect.poll(() => slider.inputValue()).toBe("4");
    await slider.focus();
    await other.press("ArrowRight");
    await notebook.outputOf(1).getByText("square 25").waitFor();
    await expect.poll(() => notebook.outputOf(1).getByRole("slider").first().inputValue()).toBe("5");

    await page.browserPage.reload();
    await notebook.outputOf(1).getByText("square 25").waitFor();
    expect((await barriers(page)).filter((one) => one.includes("widget"))).toEqual([]);

    for (const one of [page, other]) one.expectError(/WebSocket|ERR_CONNECTION/); // the program is killed: its kernel lives, and tells what it has
    await application.restart();
    const again = notebook.outputOf(1).getByRole("slider").first();
    await again.focus();
    await expect
      .poll(async () => {
        await page.press("ArrowRight");
        return notebook.outputOf(1).first().textContent();
      })
      .toContain("square 100");

    await notebook.select(1);
    await page.press("0", "0");
    await page.dialog.getByRole("button", { name: "Restart" }).click();
    await notebook.outputOf(1).getByText("kernel has ended").waitFor();
  },
);

const COUNTER = `import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = """
    function render({ model, el }) {
      const button = document.createElement("button");
      const show = () => { button.textContent = "count is " + model.get("value"); };
      button.onclick = () => { model.set("value", model.get("value") + 1); model.save_changes(); };
      model.on("change:value", show);
      show();
      el.append(button);
    }
    export default { render };
    """
    value = traitlets.Int(0).tag(sync=True)
counter = Counter()
counter`;
/** Widgets in each other, as the two ways of anywidget name them; and a question to the Python side. */
const PANEL = `from anywidget.experimental import command
from ipywidgets import widget_serialization
from ipywidgets import HBox, IntSlider
class Panel(anywidget.AnyWidget):
    _esm = """
    export default { async render({ model, el, host, experimental }) {
      for (const name of model.get("children")) {
        const child = await model.widget_manager.get_model(name);
        el.append((await model.widget_manager.create_view(child)).el);
      }
      const [said] = await experimental.invoke("_double", 21);
      el.append(document.createElement("p"), "doubled: " + said);
      const inner = document.createElement("div");
      el.append(inner);
      await (await host.getWidget(model.get("children")[0])).render({ el: inner });
    } };
    """
    children = traitlets.List().tag(sync=True, **widget_serialization)
    @command
    def _double(self, msg, buffers):
        return msg * 2, buffers
moons = IntSlider(3, description='Moons')
HBox([Panel(children=[counter, moons]), IntSlider(description='Outside')])`;
const FIGURE =
  "%matplotlib widget\nimport matplotlib.pyplot as plt\nplt.figure('Moons', figsize=(4, 3)).gca().plot([1, 3, 2])";

story(
  "widgets with code of their own are drawn in frames, offline: anywidget and ipympl",
  async ({ application, page }) => {
    await page.browserPage.context().route(
      (address) => address.hostname !== "127.0.0.1" && address.protocol.startsWith("http"),
      (route) => route.abort(),
    );
    application.installKernel("widgets", "Widgets", KERNEL);
    application.write(
      "w.ipynb",
      notebookText([COUNTER, "counter.value", FIGURE, PANEL, "moons.value"], python("widgets", "Widgets")),
    );
    const notebook = await page.openNotebook("w.ipynb");
    await notebook.runCell(1);
    await notebook.runCell(3);
    const frame = (n: number) => notebook.outputOf(n).locator("iframe").contentFrame();
    const dark = () => {
      const canvas = frame(3).locator("canvas").first();
      return canvas.evaluate((one: HTMLCanvasElement) => {
        const { data } = one.getContext("2d")?.getImageData(0, 0, one.width, one.height) ?? { data: [] };
        return data.filter((value, at) => at % 4 === 0 && value < 100 && (data[at + 3] ?? 0) > 200).length;
      });
    };

    await frame(1).getByRole("button", { name: "count is 0" }).click();
    await frame(1).getByRole("button", { name: "count is 1" }).waitFor();
    await notebook.runCell(2);
    expect(await notebook.outputOf(2).textContent()).toBe("1\n");
    await frame(3).getByText("Moons").waitFor();
    await expect.poll(dark).toBeGreaterThan(100);

    await notebook.runCell(4);
    await frame(4).getByText("doubled: 42").waitFor();
    expect(await frame(4).getByRole("button", { name: "count is 1" }).count()).toBe(2);
    await frame(4).getByRole("slider").focus();
    await page.press("ArrowRight");
    await notebook.outputOf(4).getByRole("slider", { name: "Outside" }).waitFor();
    await notebook.runCell(5);
    await expect.poll(() => notebook.outputOf(5).textContent()).toBe("4\n");
  },
);

const NBCONVERT = join(REPOSITORY, ".cache/clients-venv/bin/jupyter-nbconvert");

story("the state of widgets is kept in the file when asked, and nbconvert shows it", async ({ application, page }) => {
  const cells = ["from ipywidgets import HBox, IntSlider\nHBox([IntSlider(7, description='Moons')])"];
  application.installKernel("widgets", "Widgets", KERNEL);
  application.write("w.ipynb", notebookText(cells, python("widgets", "Widgets")));
  const notebook = await page.openNotebook("w.ipynb");
  await notebook.runCell(1);
  await notebook.outputOf(1).getByRole("slider").waitFor();
  await page.command("Save the state of widgets in the notebook");
  await page.document.getByText(/The state of \d+ widget models is in the notebook now/).waitFor();
  await page.command("Save");
  await expect.poll(() => application.read("w.ipynb")).toContain("widget-state+json");

  const { stdout: html } = await run(NBCONVERT, ["--to", "html", "--stdout", join(application.folder, "w.ipynb")]);
  const [, state = "{}"] =
    /<script type="application\/vnd\.jupyter\.widget-state\+json">([^]*?)<\/script>/.exec(html) ?? [];
  expect((JSON.parse(state) as { version_major: number }).version_major).toBe(2);
  expect(state).toMatch(/"description": ?"Moons"/);
  expect(state).toMatch(/"value": ?7\b/);
});
