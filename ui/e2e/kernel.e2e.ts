/** The kernel: interrupted, restarted, changed, asked for input, dead, and not there at all. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { PYTHON } from "./application";
import { notebookText, python } from "./notebooks";
import { story } from "./stories";

story("a cell that runs for ever is interrupted, and the kernel lives on", async ({ application, page }) => {
  application.write("loop.ipynb", notebookText(["kept = 1", "while True:\n    pass", "print(kept)"]));
  const notebook = await page.openNotebook("loop.ipynb");
  await notebook.runCell(1);
  await notebook.select(2);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.kernelState()).toBe("Busy");
  await page.press("i", "i");
  await expect.poll(() => notebook.outputOf(2).textContent()).toContain("KeyboardInterrupt");
  await notebook.runCell(3);

  expect(await notebook.outputOf(3).textContent()).toBe("1\n");
});

story("a restart takes the variables away, after a question", async ({ application, page }) => {
  application.write("restart.ipynb", notebookText(["kept = 1", "kept"]));
  const notebook = await page.openNotebook("restart.ipynb");
  await notebook.runCell(1);
  await page.press("0", "0");
  await page.dialog.getByRole("button", { name: "Restart" }).click();
  await expect.poll(() => notebook.kernelState()).toBe("Idle");
  await notebook.runCell(2);

  expect(await notebook.outputOf(2).textContent()).toContain("NameError: name 'kept' is not defined");
});

story("the kernel is changed to another one", async ({ application, page }) => {
  application.installKernel("other", "Another Python");
  application.write("change.ipynb", notebookText(["kept = 1", "kept"]));
  const notebook = await page.openNotebook("change.ipynb");
  await notebook.runCell(1);
  await notebook.changeKernel("Another Python");
  await expect.poll(() => page.status.textContent()).toContain("Another Python · Idle");
  await notebook.runCell(2);

  expect(await notebook.outputOf(2).textContent()).toContain("NameError");
  await expect
    .poll(() => application.pythonOn("change.ipynb", "print(notebook.metadata.kernelspec.name)"))
    .toBe("other");
});

story("input() and getpass are answered under the cell", async ({ application, page }) => {
  const ask =
    "name = input('Name? ')\nfrom getpass import getpass\nsecret = getpass('Secret? ')\nprint(name, len(secret))";
  application.write("input.ipynb", notebookText([ask]));
  const notebook = await page.openNotebook("input.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  const name = notebook.cell(1).getByLabel("Name?");
  await name.waitFor();
  await expect.poll(() => notebook.kernelState()).toBe("Waiting for input");
  await page.type("Galileo");
  await page.press("Enter");
  const secret = notebook.cell(1).getByLabel("Secret?");
  await secret.waitFor();
  expect(await secret.getAttribute("type")).toBe("password");
  await page.type("moons");
  await page.press("Enter");
  await notebook.finished(1);

  expect(await notebook.outputOf(1).last().textContent()).toContain("Galileo 5");
  expect(application.read("input.ipynb")).not.toContain("moons");
});

story("a killed kernel: a banner with the cause, and Restart works", async ({ application, page }) => {
  application.write("killed.ipynb", notebookText(["import os\nos.getpid()", "while True:\n    pass", "'alive'"]));
  const notebook = await page.openNotebook("killed.ipynb");
  await notebook.runCell(1);
  const pid = Number(await notebook.outputOf(1).textContent());
  await notebook.select(2);
  await page.press("Control+Enter");
  await expect.poll(() => notebook.kernelState()).toBe("Busy");
  process.kill(pid, "SIGKILL");
  await expect.poll(() => notebook.kernelState()).toBe("Died (SIGKILL)");
  await expect.poll(() => notebook.banner.first().textContent()).toMatch(/killed|SIGKILL|signal 9/i);
  await notebook.banner
    .getByRole("button", { name: /Restart/ })
    .first()
    .click();
  await expect.poll(() => notebook.kernelState()).toBe("Idle");
  await notebook.runCell(3);

  expect(await notebook.outputOf(3).textContent()).toContain("alive");
  expect(await notebook.outputOf(1).textContent()).toContain(String(pid));
});

story(
  "a kernel that cannot start shows what it printed, and another one can be chosen",
  async ({ application, page }) => {
    application.installKernel("broken", "Broken", [PYTHON, "-c", "raise SystemExit('no module named moons')"]);
    application.write("broken.ipynb", notebookText(["6 * 7"], python("broken", "Broken")));
    const notebook = await page.openNotebook("broken.ipynb");
    await notebook.select(1);
    await page.press("Control+Enter");
    await expect.poll(() => notebook.banner.first().textContent()).toContain("no module named moons");
    await notebook.changeKernelFromBanner("Python 3 (ipykernel)");
    await expect.poll(() => notebook.kernelState()).toBe("Idle");
    await notebook.runCell(1);

    expect(await notebook.outputOf(1).textContent()).toBe("42\n");
  },
);

story(
  "a notebook for a kernel that is not installed says so, and another one can be chosen",
  async ({ application, page }) => {
    page.expectError(/404/);
    application.write("foreign.ipynb", notebookText(["6 * 7"], python("julia-1.9", "Julia 1.9")));
    const notebook = await page.openNotebook("foreign.ipynb");
    await notebook.select(1);
    await page.press("Control+Enter");
    await expect.poll(() => notebook.banner.first().textContent()).toContain("julia-1.9");
    await notebook.changeKernelFromBanner("Python 3 (ipykernel)");
    await expect.poll(() => notebook.kernelState()).toBe("Idle");
    await notebook.runCell(1);

    expect(await notebook.outputOf(1).textContent()).toBe("42\n");
  },
);

story(
  "without a connection nothing looks as if it could be run, and it comes back by itself",
  async ({ application, page }) => {
    page.expectError(/ERR_CONNECTION|WebSocket connection/);
    const scripted = { output_type: "display_data", metadata: {}, data: { "text/html": "<script>1</script>" } };
    application.write("offline.ipynb", notebookText(["print('ran')", { code: "chart()", outputs: [scripted] }]));
    const notebook = await page.openNotebook("offline.ipynb");
    await notebook.runCell(1);
    const bar = page.browserPage.getByRole("toolbar", { name: "Notebook" });
    const [runAll, inCell] = [
      bar.getByRole("button", { name: "Run all cells" }),
      notebook.cell(1).locator("[data-gutter] button"),
    ];
    const trust = notebook.outputOf(2).getByRole("button", { name: "Trust the notebook" });
    expect(await runAll.getAttribute("aria-disabled")).toBeNull();
    expect(await trust.getAttribute("aria-disabled")).toBeNull();
    await application.kill();
    await notebook.banner.first().waitFor();
    await expect.poll(() => runAll.getAttribute("aria-disabled")).toBe("true");
    expect(await runAll.getAttribute("title")).toMatch(/^Not connected/);
    expect(await inCell.getAttribute("aria-disabled")).toBe("true");
    await expect.poll(() => trust.getAttribute("aria-disabled")).toBe("true");
    expect(await bar.getByRole("button", { name: "Insert cell below" }).getAttribute("aria-disabled")).toBeNull();
    await runAll.focus();
    expect(await page.focused()).toContain("Run all");
    await page.press("F1");
    await page.dialog.getByRole("combobox").fill("Run all cells");
    const row = page.dialog.getByRole("option").first();
    expect([await row.getAttribute("aria-disabled"), await row.textContent()]).toEqual([
      "true",
      expect.stringContaining("Not connected"),
    ]);
    expect(await barriers(page)).toEqual([]);
    await page.press("Escape");
    await page.button(/^Kernel: /).click();
    const restart = page.browserPage.getByRole("menuitem", { name: /^Restart/ }).first();
    expect(await restart.getAttribute("aria-disabled")).toBe("true");
    expect(await barriers(page)).toEqual([]);
    await page.press("Escape");

    await application.start();
    await expect.poll(() => runAll.getAttribute("aria-disabled"), { timeout: 30_000 }).toBeNull();
    await expect.poll(() => trust.getAttribute("aria-disabled")).toBeNull();
    await notebook.runCell(1);
  },
);
