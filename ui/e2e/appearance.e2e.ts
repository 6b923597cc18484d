/** What the screens look like to eyes, and what they are to a screen reader. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import { notebookText } from "./notebooks";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

const THEMES = ["light", "dark"] as const;

/** The background of the page, from 0 (black) to 255. */
function brightness({ browserPage }: ApplicationPage): Promise<number> {
  return browserPage.evaluate(() => {
    const channels = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? [];
    return Math.max(...channels.slice(0, 3).map(Number));
  });
}

story("the theme follows the system, at once", async ({ page }) => {
  await page.browserPage.emulateMedia({ colorScheme: "light" });
  expect(await brightness(page)).toBeGreaterThan(230);

  await page.browserPage.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => brightness(page)).toBeLessThan(40);
});

/** One of each: formulas, tables, code, an error, stderr, colours, a long text, a question. */
const EVERYTHING = notebookText([
  {
    markdown:
      "# Heading\n\nText, `code`, a [link](https://example.org), $x^2$\n\n```python\nx = 1  # why\n```\n\n> quote",
  },
  "import sys\nprint('out', 1.5)\nprint('err', file=sys.stderr)",
  "def inner():\n    return {}['missing']\n\n\ninner()",
  "print('\\x1b[31mred \\x1b[32mgreen \\x1b[33myellow \\x1b[34mblue \\x1b[35mmagenta \\x1b[36mcyan \\x1b[90mgrey')",
  "from IPython.display import HTML, display\ndisplay(HTML('<table><tr><th>a</th></tr><tr><td>1</td></tr></table>'))",
  "for line in range(300): print(line)",
  "input('Name? ')",
]);

for (const colorScheme of THEMES) {
  story(`nothing in a notebook and its dialogs keeps anybody out, ${colorScheme}`, async ({ application, page }) => {
    application.write("everything.ipynb", EVERYTHING);
    await page.browserPage.emulateMedia({ colorScheme });
    const notebook = await page.openNotebook("everything.ipynb");
    for (const n of [2, 3, 4, 5, 6]) await notebook.runCell(n);
    await notebook.select(7);
    await page.press("Control+Enter");
    await notebook.cell(7).getByLabel("Name?").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.press("Enter");
    await notebook.show(1);
    expect(await barriers(page)).toEqual([]);
    await notebook.edit(2);
    expect(await barriers(page)).toEqual([]);
    await page.press("Escape", "Shift+ArrowDown");
    expect(await barriers(page)).toEqual([]);

    await page.command("Change kernel…");
    await page.dialog.getByRole("radio").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.press("Escape");
    await page.dialog.waitFor({ state: "detached" });
    await page.press("0", "0");
    await page.dialog.getByRole("heading", { name: "Restart the kernel?" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  story(
    `nothing on the welcome page and its layers keeps anybody out, ${colorScheme}`,
    async ({ application, page }) => {
      application.copyExample("welcome.ipynb");
      await page.browserPage.emulateMedia({ colorScheme });
      await page.button("Refresh").click();
      await page.sidePanel.getByText("welcome.ipynb").waitFor();
      expect(await barriers(page)).toEqual([]);

      await page.press("F1");
      await page.dialog.getByRole("option").first().waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.press("Escape");
      await page.dialog.waitFor({ state: "detached" });

      await page.command("Keyboard map");
      await page.dialog.getByRole("heading", { name: "Keyboard map" }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.press("Escape");
      await page.dialog.waitFor({ state: "detached" });

      await page.command("Report a problem…");
      await page.dialog.getByRole("region", { name: "Last entries of the log" }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.press("Escape");
      await page.dialog.waitFor({ state: "detached" });

      await page.command("Settings");
      await page.document.getByRole("heading", { name: "Settings" }).first().waitFor();
      expect(await barriers(page)).toEqual([]);
    },
  );
}

story("the form for the token keeps nobody out", async ({ application, visitor }) => {
  const page = await visitor.newcomer();
  page.expectError(/403/);
  await page.browserPage.goto(`${application.address}?token=wrong`);

  expect(await barriers(page)).toEqual([]);
});
