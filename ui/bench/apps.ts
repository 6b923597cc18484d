/** Where the two applications have what is measured: addresses, selectors, and how everything is run. */
import type { Page } from "playwright-core";

export interface App {
  /** The path and query that open a notebook. */
  readonly address: (path: string, token: string) => string;
  /** A cell of the notebook. */
  readonly cell: string;
  /** What scrolls the cells. */
  readonly scroller: string;
  /** What a press puts the caret into, inside a cell; the first one that is there. */
  readonly editor: string;
  /** There when the kernel has nothing to do. */
  readonly idle: string;
  readonly runAll: (page: Page) => Promise<void>;
}

export const APPS: Readonly<Record<string, App>> = {
  adrastea: {
    address: (path, token) => `?${new URLSearchParams({ token, path })}`,
    cell: "main [role=listitem][aria-posinset]",
    scroller: "main :has(> [role=list][aria-label^='Cells of'])",
    editor: ".cm-content, pre.static-code",
    idle: "[data-part=kernel]",
    runAll: async (page) => {
      await page.keyboard.press("F1");
      await page.getByRole("dialog").getByRole("combobox").fill("Run all cells");
      await page.getByRole("option", { name: "Run all cells" }).first().waitFor();
      await page.keyboard.press("Enter");
    },
  },
  jupyterlab: {
    address: (path, token) => `lab/tree/${path}?${new URLSearchParams({ token, reset: "" })}`,
    cell: ".jp-Notebook .jp-Cell",
    scroller: ".jp-Notebook .jp-WindowedPanel-outer, .jp-WindowedPanel-outer",
    editor: ".cm-content",
    idle: ".jp-Notebook-ExecutionIndicator",
    runAll: async (page) => {
      await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Run$/ }).click();
      await page.locator(".lm-Menu-itemLabel", { hasText: /^Run All Cells$/ }).click();
    },
  },
};
