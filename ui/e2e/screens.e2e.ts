/**
 * Nothing on any screen keeps anybody out, in any theme: axe-core finds nothing. The screens are a table; a new screen
 * gets a line in it.
 */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import type { OpenNotebook } from "./openNotebook";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const stream = (name: string, text: string) => ({ output_type: "stream", name, text });
const shown = (data: object) => ({ output_type: "display_data", metadata: {}, data });
const LONG = Array.from({ length: 300 }, (_, line) => `line ${line}`).join("\n");
const ANSI =
  "\u001b[31mred \u001b[32mgreen \u001b[33myellow \u001b[34mblue \u001b[35mmagenta \u001b[36mcyan \u001b[90mgrey\u001b[0m \u001b[7minverse\u001b[0m \u001b[41mground\u001b[0m \u001b[38;5;208m256\u001b[0m";
const TRACEBACK = [
  "\u001b[31m---------------------------------------------------------------------------\u001b[39m",
  "\u001b[31mKeyError\u001b[39m                                  Traceback (most recent call last)",
  "\u001b[36mFile \u001b[39m\u001b[32m/usr/lib/python3/site-packages/library.py:12\u001b[39m, in \u001b[36minner\u001b[39m\n\u001b[32m     10\u001b[39m pass\n\u001b[32m---> 12\u001b[39m raise",
  "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[1]\u001b[39m\u001b[32m, line 1\u001b[39m\n\u001b[32m----> 1\u001b[39m {}['x']",
  "\u001b[31mKeyError\u001b[39m: 'x'",
];

/** One output of each kind, as a file holds them. */
const OUTPUTS = notebookText([
  {
    markdown:
      "# Outputs\n\nText, `code`, a [link](https://example.org), $x^2$\n\n- [x] done\n\n> quote\n\n```python\nx = 1  # why\n```\n\n|a|b|\n|-|-|\n|1|2|",
  },
  {
    code: "import this  # why\nclass A:\n    def f(self): return 'x', 1.5, None",
    outputs: [stream("stdout", "out\n"), stream("stderr", "err\n"), stream("stdout", ANSI)],
  },
  { code: "1 / 0", outputs: [{ output_type: "error", ename: "KeyError", evalue: "'x'", traceback: TRACEBACK }] },
  { code: "long", outputs: [stream("stdout", LONG)] },
  {
    code: "table",
    outputs: [
      shown({
        "text/html":
          "<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>",
      }),
    ],
  },
  {
    code: "image",
    outputs: [
      shown({ "image/png": PNG, "text/plain": "<Figure size 640x480>" }),
      shown({
        "image/svg+xml":
          "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20' fill='teal'/></svg>",
      }),
    ],
  },
  {
    code: "rich",
    outputs: [
      shown({ "text/markdown": "## From *Markdown*" }),
      shown({ "text/latex": "$\\frac{a}{b}$" }),
      shown({ "application/json": { a: [1, "two", null, true], b: { c: {} } } }),
    ],
  },
  {
    code: "script",
    outputs: [
      shown({ "text/html": "<script>document.body.append('ran')</script>" }),
      shown({ "application/javascript": "1" }),
    ],
  },
  {
    code: "unknown",
    outputs: [
      shown({ "application/x-unknown": "?" }),
      shown({
        "application/vnd.jupyter.widget-view+json": { model_id: "gone", version_major: 2, version_minor: 0 },
        "text/plain": "IntSlider(value=0)",
      }),
    ],
  },
  { code: "media", outputs: [shown({ "audio/wav": "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=" })] },
  { raw: "raw text" },
]);

/** States of cells: with a kernel. */
const STATES = notebookText([
  { markdown: "# States" },
  "print('done')",
  "{}['missing']",
  { code: "2", outputs: [stream("stdout", "from the file")] },
  "input('Name? ')",
  "'queued'",
]);

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
