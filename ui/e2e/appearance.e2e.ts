/** What the screens look like to eyes. */
import { expect } from "vitest";
import type { ApplicationPage } from "./page";
import { story } from "./stories";

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
