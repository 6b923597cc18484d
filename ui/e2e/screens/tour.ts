/** Every kind of output, every state, every dialog; the window around them: what axe-core looks at in all themes. */
import { expect } from "vitest";
import { notebookText } from "../notebooks";
import type { OpenNotebook } from "../openNotebook";
import { OUTPUTS, STATES } from "../screenNotebooks";
import { leaveDialog, type Stage, type Walk } from "./walk";

/** Each output in view, with its menus. */
async function outputs(stage: Stage): Promise<void> {
  const { page, look } = stage;
  const notebook = await page.openNotebook("outputs.ipynb");
  await notebook.cell(1).getByRole("heading", { name: "Outputs" }).waitFor(); // the headings after it are below it
  for (const n of [1, 3, 5, 7, 9, 11]) {
    await notebook.select(n);
    await look(`outputs, around cell ${n}`);
  }
}

/** What stands beside the cells or over them, without taking the keyboard from them. */
async function besides({ page, look }: Stage): Promise<void> {
  await page.button("Actions for this output").last().click();
  await page.browserPage.getByRole("menu").waitFor();
  await look("the menu of an output");
  await page.press("Escape");
  await page.command("Find and replace…");
  await page.type("x");
  await look("find and replace");
  await page.press("Escape");
  await page.command("Show or hide the outline");
  await page.browserPage.getByRole("complementary").nth(1).waitFor();
  await look("outline");
  for (const name of ["Help", "Cell"]) {
    await page.browserPage.getByRole("complementary").getByRole("button", { name, exact: true }).click();
    await look(`inspector, ${name}`);
  }
  await page.browserPage.getByRole("complementary").getByRole("button", { name: "Outline", exact: true }).click();
  await page.command("Show or hide the outline");
}

async function dialogsOf(stage: Stage): Promise<void> {
  const { page, look } = stage;
  const dialogs: readonly (readonly [command: string, heading: RegExp])[] = [
    ["Versions…", /Versions/],
    ["Keyboard map", /Keyboard map/],
    ["Report a problem…", /Report a problem/],
    ["About Adrastea", /About/],
  ];
  for (const [command, heading] of dialogs) {
    await page.command(command);
    await page.dialog.getByRole("heading", { name: heading }).first().waitFor();
    await look(command);
    await leaveDialog(stage);
  }
}

async function death({ page, look }: Stage): Promise<void> {
  const notebook = await page.openNotebook("death.ipynb");
  await page.press("Control+Enter");
  await notebook.banner.getByRole("button", { name: "Restart", exact: true }).waitFor();
  await look("a kernel that died");
}

async function kernels(stage: Stage): Promise<void> {
  const { page, look } = stage;
  await page.command("Change kernel…");
  await page.dialog.getByRole("button", { name: "Change" }).click(); // its variables are lost: that is asked
  await page.dialog.getByRole("radio").first().waitFor();
  await look("the choice of a kernel");
  await leaveDialog(stage);
}

async function states(stage: Stage): Promise<void> {
  const { page, look } = stage;
  const notebook = await page.openNotebook("states.ipynb");
  await page.command("Run all cells");
  await notebook.show(3);
  await expect.poll(() => notebook.label(3)).toMatch(/error/);
  await notebook.select(2);
  await page.command("Past runs of this cell…");
  await page.dialog.getByRole("heading", { name: /Past runs/ }).waitFor();
  await look("past runs");
  await leaveDialog(stage);
  await notebook.select(5);
  await page.press("Control+Enter");
  await notebook.cell(5).getByLabel("Name?").waitFor();
  await notebook.select(6);
  await page.press("Control+Enter");
  await look("a question, and a cell in the queue");
  await editing(stage, notebook);
}

async function editing(stage: Stage, notebook: OpenNotebook): Promise<void> {
  const { page, look } = stage;
  await notebook.edit(2);
  await page.type("\nimp");
  await page.press("Control+Space");
  await look("edit mode");
  await page.press("Escape", "Escape", "Shift+ArrowDown");
  await look("several cells selected");
  await page.button("More actions").first().click();
  await page.browserPage.getByRole("menu").waitFor();
  await look("a menu");
  await page.press("Escape", "0", "0");
  await page.dialog.getByRole("heading", { name: "Restart the kernel?" }).waitFor();
  await look("the question before a restart");
  await leaveDialog(stage);
}

async function window(stage: Stage): Promise<void> {
  const { page, look } = stage;
  await page.sidePanel.getByText("text.py").waitFor();
  await look("welcome and files");
  await page.press("Alt+4");
  await page.sidePanel.getByRole("heading", { name: "Running" }).waitFor();
  await look("running, empty");
  await page.press("Alt+1", "F1");
  await page.dialog.getByRole("option").first().waitFor();
  await look("palette");
  await leaveDialog(stage);
  await page.command("Settings");
  await page.document.getByRole("heading", { name: "Settings" }).first().waitFor();
  await look("settings");
  await page.sidePanel.getByText("text.py").dblclick();
  await page.document.locator(".cm-content:visible").waitFor();
  await look("text editor");
  await page.sidePanel.getByText("broken.ipynb").dblclick();
  await page.document.getByText("not a readable notebook").waitFor();
  await look("a file that is no notebook");
}

export const IN_NOTEBOOKS: Walk = {
  name: "in notebooks",
  files: {
    "outputs.ipynb": OUTPUTS,
    "states.ipynb": STATES,
    "death.ipynb": notebookText(["import os\nos._exit(3)"]),
  },
  go: async (stage) => {
    await outputs(stage);
    await besides(stage);
    await dialogsOf(stage);
    await states(stage);
    await kernels(stage);
    await death(stage);
  },
};

export const IN_THE_WINDOW: Walk = {
  name: "in the window",
  files: { "text.py": "x = 1  # why\n", "broken.ipynb": "{" },
  go: window,
};

export const TOUR: readonly Walk[] = [IN_NOTEBOOKS, IN_THE_WINDOW];
