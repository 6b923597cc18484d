/** What the page says of new versions, in a window of the test's own that knows of one. */
import { expect } from "vitest";
import { barriers } from "./accessibility";
import type { ApplicationPage } from "./page";
import { story } from "./stories";
import { FOUND, windowThat } from "./windowThat";

const THEMES = ["light", "dark"] as const;

function asked({ browserPage }: ApplicationPage): Promise<readonly string[]> {
  return browserPage.evaluate(() => (window as unknown as { asked: string[] }).asked.filter(Boolean));
}

story.for(THEMES)("who is asked may say yes by keyboard, and hears of it: %s", async (colorScheme, { visitor }) => {
  const page = await visitor.newcomer({ colorScheme });
  await page.browserPage.addInitScript(windowThat(true));
  await page.enter();
  const notice = page.browserPage.getByRole("region", { name: "New versions" });
  await notice.getByText("May Adrastea look for a new version").waitFor();
  expect(await barriers(page)).toEqual([]);

  await notice.getByRole("button", { name: "Look once a week" }).focus();
  await page.press("Enter");

  await notice.getByText("Adrastea 99.0 is there.").waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await asked(page)).toEqual(["look weekly"]);
});

story("a version's pages open outside, and a skipped one is gone", async ({ visitor }) => {
  const page = await visitor.newcomer();
  await page.browserPage.addInitScript(windowThat(false));
  await page.enter();
  const notice = page.browserPage.getByRole("region", { name: "New versions" });
  await notice.getByRole("button", { name: "What is new" }).click();
  await notice.getByRole("button", { name: "Open the download page" }).click();
  await notice.getByRole("button", { name: "Skip this version" }).click();
  await notice.waitFor({ state: "detached" });

  expect(await asked(page)).toEqual([`open ${FOUND.notes}`, `open ${FOUND.url}`, "skip 99.0"]);
});

story("a browser is never asked", async ({ page }) => {
  await page.browserPage.clock.install();
  await page.browserPage.reload();
  await page.document.waitFor();
  await page.browserPage.clock.fastForward("01:00");

  expect(await page.browserPage.getByRole("region", { name: "New versions" }).count()).toBe(0);
});
