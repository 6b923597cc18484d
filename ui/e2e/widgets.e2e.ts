/** Widgets of real packages, offline: used, after a reload, in a second window, and when their kernel has ended. */
import { join } from "node:path";
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { REPOSITORY } from "./application";
import { notebookText, python } from "./notebooks";
import { story } from "./stories";

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

    await notebook.select(1);
    await page.press("0", "0");
    await page.dialog.getByRole("button", { name: "Restart" }).click();
    await notebook.outputOf(1).getByText("kernel has ended").waitFor();
  },
);
