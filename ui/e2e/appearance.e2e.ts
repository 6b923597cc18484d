/** What the screens look like to eyes, and what they are to a screen reader. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
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

for (const colorScheme of THEMES) {
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

      await page.command("Settings");
      await page.document.getByRole("heading", { name: "Settings" }).first().waitFor();
      expect(await barriers(page)).toEqual([]);
    },
  );
}
