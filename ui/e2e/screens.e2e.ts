/**
 * Nothing on any screen keeps anybody out, in any theme: axe-core finds nothing. The screens are a table; a new screen
 * gets a line in it.
 */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import type { OpenNotebook } from "./openNotebook";
import type { ApplicationPage } from "./page";
import { OUTPUTS, STATES } from "./screenNotebooks";
import { story } from "./stories";

interface Stage {
  readonly page: ApplicationPage;
  readonly check: (screen: string) => Promise<void>;
}

/** Checks one screen after the other and tells all that was found, with the screen's name; then how many there were. */
async function each(page: ApplicationPage, walk: (stage: Stage) => Promise<void>): Promise<number> {
  const found: string[] = [];
  let screens = 0;
  await walk({
    page,
    check: async (screen) => {
      screens += 1;
      for (const barrier of await barriers(page)) found.push(`${screen}: ${barrier}`);
    },
  });
  expect(found).toEqual([]);
  return screens;
}

async function gone({ page }: Stage): Promise<void> {
  await page.press("Escape");
  await page.dialog.waitFor({ state: "detached" });
}

/** Each output in view, with its menus. */
async function outputs(stage: Stage): Promise<void> {
  const { page, check } = stage;
  const notebook = await page.openNotebook("outputs.ipynb");
  for (const n of [1, 3, 5, 7, 9, 11]) {
    await notebook.select(n);
    await check(`outputs, around cell ${n}`);
  }
}

/** What stands beside the cells or over them, without taking the keyboard from them. */
async function besides({ page, check }: Stage): Promise<void> {
  await page.button("Actions for this output").last().click();
  await page.browserPage.getByRole("menu").waitFor();
  await check("the menu of an output");
  await page.press("Escape");
  await page.command("Find and replace…");
  await page.type("x");
  await check("find and replace");
  await page.press("Escape");
  await page.command("Show or hide the outline");
  await page.browserPage.getByRole("complementary").nth(1).waitFor();
  await check("outline");
  for (const name of ["Help", "Cell"]) {
    await page.browserPage.getByRole("complementary").getByRole("button", { name, exact: true }).click();
    await check(`inspector, ${name}`);
  }
  await page.browserPage.getByRole("complementary").getByRole("button", { name: "Outline", exact: true }).click();
  await page.command("Show or hide the outline");
}

async function dialogsOf(stage: Stage): Promise<void> {
  const { page, check } = stage;
  const dialogs: readonly (readonly [command: string, heading: RegExp])[] = [
    ["Versions…", /Versions/],
    ["Keyboard map", /Keyboard map/],
    ["Report a problem…", /Report a problem/],
    ["About Adrastea", /About/],
  ];
  for (const [command, heading] of dialogs) {
    await page.command(command);
    await page.dialog.getByRole("heading", { name: heading }).first().waitFor();
    await check(command);
    await gone(stage);
  }
}

async function death({ page, check }: Stage): Promise<void> {
  const notebook = await page.openNotebook("death.ipynb");
  await page.press("Control+Enter");
  await notebook.banner.getByRole("button", { name: "Restart", exact: true }).waitFor();
  await check("a kernel that died");
}

async function kernels(stage: Stage): Promise<void> {
  const { page, check } = stage;
  await page.command("Change kernel…");
  await page.dialog.getByRole("button", { name: "Change" }).click(); // its variables are lost: that is asked
  await page.dialog.getByRole("radio").first().waitFor();
  await check("the choice of a kernel");
  await gone(stage);
}

async function states(stage: Stage): Promise<void> {
  const { page, check } = stage;
  const notebook = await page.openNotebook("states.ipynb");
  await page.command("Run all cells");
  await notebook.show(3);
  await expect.poll(() => notebook.label(3)).toMatch(/error/);
  await notebook.select(2);
  await page.command("Past runs of this cell…");
  await page.dialog.getByRole("heading", { name: /Past runs/ }).waitFor();
  await check("past runs");
  await gone(stage);
  await notebook.select(5);
  await page.press("Control+Enter");
  await notebook.cell(5).getByLabel("Name?").waitFor();
  await notebook.select(6);
  await page.press("Control+Enter");
  await check("a question, and a cell in the queue");
  await editing(stage, notebook);
}

async function editing(stage: Stage, notebook: OpenNotebook): Promise<void> {
  const { page, check } = stage;
  await notebook.edit(2);
  await page.type("\nimp");
  await page.press("Control+Space");
  await check("edit mode");
  await page.press("Escape", "Escape", "Shift+ArrowDown");
  await check("several cells selected");
  await page.button("More actions").first().click();
  await page.browserPage.getByRole("menu").waitFor();
  await check("a menu");
  await page.press("Escape", "0", "0");
  await page.dialog.getByRole("heading", { name: "Restart the kernel?" }).waitFor();
  await check("the question before a restart");
  await gone(stage);
}

async function window(stage: Stage): Promise<void> {
  const { page, check } = stage;
  await page.sidePanel.getByText("text.py").waitFor();
  await check("welcome and files");
  await page.press("Alt+4");
  await page.sidePanel.getByRole("heading", { name: "Running" }).waitFor();
  await check("running, empty");
  await page.press("Alt+1", "F1");
  await page.dialog.getByRole("option").first().waitFor();
  await check("palette");
  await gone(stage);
  await page.command("Settings");
  await page.document.getByRole("heading", { name: "Settings" }).first().waitFor();
  await check("settings");
  await page.sidePanel.getByText("text.py").dblclick();
  await page.document.locator(".cm-content:visible").waitFor();
  await check("text editor");
  await page.sidePanel.getByText("broken.ipynb").dblclick();
  await page.document.getByText("not a readable notebook").waitFor();
  await check("a file that is no notebook");
}

story(
  "axe finds nothing in notebooks: every kind of output, every state, every dialog",
  async ({ application, page }) => {
    application.write("outputs.ipynb", OUTPUTS);
    application.write("states.ipynb", STATES);
    application.write("death.ipynb", notebookText(["import os\nos._exit(3)"]));
    const screens = await each(page, async (stage) => {
      await outputs(stage);
      await besides(stage);
      await dialogsOf(stage);
      await states(stage);
      await kernels(stage);
      await death(stage);
    });
    expect(screens).toBe(23);
  },
);

story("axe finds nothing in the window around them, nor at the login", async ({ application, page, visitor }) => {
  application.write("text.py", "x = 1  # why\n");
  application.write("broken.ipynb", "{");
  await page.button("Refresh").click();
  expect(await each(page, window)).toBe(6);

  const stranger = await visitor.newcomer();
  stranger.expectError(/403/);
  await stranger.browserPage.goto(`${application.address}?token=wrong`);
  expect(await barriers(stranger)).toEqual([]);
});

story("who reads German is spoken to in German, from the first word on", async ({ application, visitor }) => {
  application.write("eins.ipynb", notebookText(["1 / 0"]));
  const page = await visitor.newcomer({ locale: "de-AT" });
  const notebook = await page.openNotebook("eins.ipynb");
  await page.press("Control+Enter");
  await expect.poll(() => notebook.label(1)).toMatch(/^Codezelle 1 von 1, fertig in \d+,\d s, hat einen Fehler$/);
  await page.browserPage.getByRole("status").filter({ hasText: "Zelle 1 endete mit einem Fehler" }).waitFor();
  expect(await page.browserPage.locator("html").getAttribute("lang")).toBe("de");

  await page.press("Escape", "h");
  await page.dialog.getByRole("heading", { name: "Tastaturübersicht" }).waitFor();
  expect(await page.dialog.innerText()).toContain("Umschalt+Eingabe");
  expect(await barriers(page)).toEqual([]);
});
