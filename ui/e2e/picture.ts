/** Makes the pictures of the README, in both themes: `npm run picture`, after `make ui`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES, REPOSITORY } from "./application";
import { notebookText } from "./notebooks";
import { story } from "./stories";

const FOLDER = join(REPOSITORY, "docs", "images");

/** Text, a table and a plot, that one screen can hold. */
const YEAR = notebookText([
  { markdown: "# A year on the hill\n\nTemperature follows $T(t) = 10 - 12 \\cos(2 \\pi t)$, and a little chance." },
  `import numpy as np
import pandas as pd

days = pd.date_range("2026-01-01", periods=365)
chance = np.random.default_rng(1).normal(0, 3, 365)
weather = pd.DataFrame({"°C": 10 - 12 * np.cos(2 * np.pi * days.day_of_year / 365) + chance}, index=days)
weather.resample("QS").agg(["mean", "min", "max"]).round(1)`,
  `weather.plot(figsize=(8, 2.3), color="#3b5bdb", lw=1, legend=False, ylabel="°C");`,
]);

story("a notebook with a table and a plot, in both themes", async ({ application, page }) => {
  for (const name of EXAMPLES) application.copyExample(name);
  application.write("a-year-on-the-hill.ipynb", YEAR);
  await page.enter(); // all of them are in the list of files
  const notebook = await page.openNotebook("a-year-on-the-hill.ipynb");
  await page.command("Run all cells");
  await notebook.finished(3);
  await notebook.select(2);
  await page.document.locator("[role=list]").evaluate((list) => list.parentElement?.scrollTo(0, 0));
  await page.browserPage.mouse.move(0, 0); // nothing is hovered over
  await page.command("Save");
  await page.browserPage.waitForFunction(() =>
    document.querySelector("[data-part=save]")?.textContent.startsWith("Saved"),
  );
  mkdirSync(FOLDER, { recursive: true });
  for (const theme of ["light", "dark"] as const) {
    await page.browserPage.emulateMedia({ colorScheme: theme });
    await page.picture(join(FOLDER, `notebook-${theme}.png`));
  }
});
