/**
 * Nothing on any screen keeps anybody out, in any theme: axe-core finds nothing. The screens are a table; a new screen
 * gets a line in it.
 */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import { WITHOUT_PYTHON } from "./screens/failures";
import { IN_NOTEBOOKS, IN_THE_WINDOW } from "./screens/tour";
import { goAlong, type Stage, type Walk } from "./screens/walk";
import { story } from "./stories";

/** Checks one screen after the other and tells all that was found, with the screen's name; then how many there were. */
async function each(walk: Walk, { application, page, visitor }: Omit<Stage, "look">): Promise<number> {
  const found: string[] = [];
  let screens = 0;
  const look = async (screen: string, on = page): Promise<void> => {
    screens += 1;
    for (const barrier of await barriers(on)) found.push(`${screen}: ${barrier}`);
  };
  await goAlong(walk, { application, page, visitor, look });
  expect(found).toEqual([]);
  return screens;
}

story(
  "axe finds nothing in notebooks: every kind of output, every state, every dialog",
  async ({ application, page, visitor }) => {
    expect(await each(IN_NOTEBOOKS, { application, page, visitor })).toBe(23);
  },
);

story("axe finds nothing in the window around them, nor at the login", async ({ application, page, visitor }) => {
  expect(await each(IN_THE_WINDOW, { application, page, visitor })).toBe(6);

  const stranger = await visitor.newcomer();
  stranger.expectError(/403/);
  await stranger.browserPage.goto(`${application.address}?token=wrong`);
  expect(await barriers(stranger)).toEqual([]);
});

story("axe finds nothing on the way to a first kernel", async ({ application, page, visitor }) => {
  expect(await each(WITHOUT_PYTHON, { application, page, visitor })).toBe(7);
});

story("who reads German is spoken to in German, from the first word on", async ({ application, visitor }) => {
  application.write("eins.ipynb", notebookText(["1 / 0"]));
  const page = await visitor.newcomer({ locale: "de-AT" });
  const notebook = await page.openNotebook("eins.ipynb");
  await page.press("Control+Enter");
  await expect.poll(() => notebook.label(1)).toMatch(/^Codezelle 1 von 1, fertig in \d+,\d s, hat einen Fehler$/);
  await page.browserPage.getByRole("alert").filter({ hasText: "Zelle 1 endete mit einem Fehler" }).waitFor();
  expect(await page.browserPage.locator("html").getAttribute("lang")).toBe("de");

  await page.press("Escape", "h");
  await page.dialog.getByRole("heading", { name: "Tastaturübersicht" }).waitFor();
  expect(await page.dialog.innerText()).toContain("Umschalt+Eingabe");
  expect(await barriers(page)).toEqual([]);

  application.write("kaputt.ipynb", '{"cells": [,]}');
  await page.enter("kaputt.ipynb");
  const said = page.document.getByText(/Die Datei ist kein gültiges JSON: .* in Spalte 12 \(Zeile 1\)\.$/);
  expect(await said.locator("[lang=en]").textContent()).toBe("Expecting value"); // Python's own words
});
