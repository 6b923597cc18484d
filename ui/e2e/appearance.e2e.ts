/** What the screens look like to eyes. */
import { expect } from "vitest";
import { notebookText } from "./notebooks";
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

/** What WCAG 2.2 (1.4.12) lets a reader ask for. */
const SPACING =
  "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } " +
  "p { margin-block-end: 2em !important }";

/** Until the page is loaded anew. */
async function widen({ browserPage }: ApplicationPage): Promise<void> {
  await browserPage.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, SPACING);
}

/** Elements whose text is cut off, where nothing says that there is more; and whether the page scrolls sideways. */
function lost({ browserPage }: ApplicationPage): Promise<readonly string[]> {
  return browserPage.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    for (const element of document.querySelectorAll<HTMLElement>("button, label, p, h2, h3, legend, li > span")) {
      const style = getComputedStyle(element);
      if (style.visibility === "hidden" || element.closest(".visually-hidden, [role=listitem] [class*=gap]")) continue;
      const isCut = style.overflow === "hidden" && style.textOverflow !== "ellipsis";
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      const isOver = clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1);
      if (isOver && (isCut || element.tagName === "BUTTON")) found.push(element.outerHTML.slice(0, 160));
    }
    return found;
  });
}

story("at four times the size, and with wide spacing, nothing is cut off", async ({ application, visitor }) => {
  application.write("narrow.ipynb", notebookText([{ markdown: "# Heading\n\nText, and more of it." }, "print('a')"]));
  const page = await visitor.newcomer({ viewport: { width: 320, height: 256 } }); // 1280 by 1024 at 400 %
  await page.enter();
  await page.document.getByRole("heading", { name: "Adrastea" }).waitFor();
  expect(await lost(page)).toEqual([]);
  await widen(page);
  expect(await lost(page)).toEqual([]);
  await page.command("Settings");
  await page.document.getByRole("heading", { name: "Settings" }).first().waitFor();
  expect(await lost(page)).toEqual([]);
  await page.command("Keyboard map");
  await page.dialog.getByRole("heading", { name: "Keyboard map" }).waitFor();
  expect(await lost(page)).toEqual([]);
  await page.press("Escape");
  const notebook = await page.openNotebook("narrow.ipynb");
  await widen(page);
  await notebook.runCell(2);
  expect(await lost(page)).toEqual([]);
});

/** Parts of the status bar that reach into others; and how far the tab at the front reaches out of its strip. */
function crowded({ browserPage }: ApplicationPage): Promise<readonly unknown[]> {
  return browserPage.evaluate(() => {
    const parts = [...document.querySelectorAll("footer [data-part]")];
    const wide = parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent);
    const tab = document.querySelector("[data-region=tabs] [aria-current]")?.parentElement;
    const strip = tab?.parentElement?.getBoundingClientRect();
    const out = (tab?.getBoundingClientRect().right ?? 0) - (strip?.right ?? 0);
    return out > 1 ? [...wide, out] : wide;
  });
}

story(
  "in the narrowest window, in German, states are whole and the tab at the front is seen",
  async ({ application, visitor }) => {
    application.write("one.ipynb", notebookText(["1"]));
    application.write("death.ipynb", notebookText(["import os\nos._exit(3)"]));
    const page = await visitor.newcomer({ locale: "de-AT" });
    await page.openNotebook("one.ipynb");
    const notebook = await page.openNotebook("death.ipynb");
    await notebook.select(1);
    await page.press("Control+Enter");
    await page.status.getByText("Abgebrochen (Exitcode 3)").waitFor();
    await page.browserPage.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => crowded(page)).toEqual([]);
  },
);
