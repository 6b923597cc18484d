/** A browser tells of the end of a long run, once the user has asked for it. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

const WATCH = `
  window.shown = [];
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(title, options) {
      super(title, options);
      window.shown.push([title, options.body, options.tag]);
    }
  };
  document.hasFocus = () => false; // a browser without a screen always says yes`;

function shown(page: ApplicationPage): Promise<string[][]> {
  return page.browserPage.evaluate(() => (window as unknown as { shown: string[][] }).shown);
}

story("a notice names the notebook, how the run ended and how long it took", async ({ application, visitor }) => {
  application.write("work/runs.ipynb", notebookText(["1", "undefined_name"]));
  const page = await visitor.newcomer({ permissions: ["notifications"] });
  await page.browserPage.addInitScript(WATCH);
  await page.enter();
  await page.command("Settings");
  await page.document.getByRole("checkbox", { name: /^Tell me/ }).check();
  await page.document.getByRole("spinbutton").fill("0");
  await page.press("Tab");
  const notebook = await page.openNotebook("work/runs.ipynb");
  await notebook.select(1);
  await page.press("Control+Enter");
  await expect
    .poll(() => shown(page))
    .toEqual([["runs.ipynb", expect.stringMatching(/^Done after .* s$/), "work/runs.ipynb"]]);
  await notebook.select(2);
  await page.press("Control+Enter");

  await expect.poll(async () => (await shown(page))[1]?.[1]).toMatch(/^Failed with NameError after .* s$/);
});

story("nobody is asked for notices, and none comes, before the user wants them", async ({ application, visitor }) => {
  application.write("runs.ipynb", notebookText(["1"]));
  const page = await visitor.newcomer({ permissions: ["notifications"] });
  await page.browserPage.addInitScript(`localStorage.setItem("adrastea.noticeAfter", "0"); ${WATCH}`);
  const notebook = await page.openNotebook("runs.ipynb");
  await notebook.runCell(1);

  expect(await shown(page)).toEqual([]);
});
