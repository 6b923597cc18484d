/**
 * `story`: a test with the application running and a browser page in front of it. The page fails the story when its
 * console shows an error that the story does not expect; a failed story leaves a picture in `.cache/e2e/`.
 */
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { expect, test } from "vitest";
import { Application, REPOSITORY } from "./application";
import { launchBrowser } from "./browser";
import { ApplicationPage } from "./page";

export interface Visitor {
  /** A page of a browser that was never here: no cookies, nothing stored. */
  newcomer(options?: BrowserContextOptions): Promise<ApplicationPage>;
}

export interface Story {
  readonly browser: Browser;
  /** What went wrong in the pages. */
  readonly problems: string[];
  readonly application: Application;
  readonly visitor: Visitor;
  readonly page: ApplicationPage;
}

const VIEWPORT = { width: 1280, height: 800 };

export const story = test.extend<Story>({
  browser: [
    // eslint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from its pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // eslint-disable-next-line no-empty-pattern
  problems: async ({}, use) => {
    const problems: string[] = [];
    await use(problems);
    expect(problems, "problems in the page").toEqual([]); // the last thing: everything has been cleared away before
  },
  application: async ({ problems: _ }, use) => {
    const application = new Application();
    try {
      await application.start();
      await use(application);
    } finally {
      await application.end();
    }
  },
  visitor: async ({ browser, application, problems, task }, use) => {
    const contexts: BrowserContext[] = [];
    const pages: ApplicationPage[] = [];
    await use({
      newcomer: async (options = {}) => {
        const context = await browser.newContext({ viewport: VIEWPORT, ...options });
        contexts.push(context);
        const page = new ApplicationPage(await context.newPage(), application.address);
        pages.push(page);
        return page;
      },
    });
    if (task.result?.state === "fail") {
      const name = task.name.replace(/\W+/g, "-");
      await Promise.all(pages.map((page, at) => page.picture(join(REPOSITORY, ".cache/e2e", `${name}-${at + 1}.png`))));
    }
    await Promise.all(contexts.map((context) => context.close()));
    for (const page of pages) problems.push(...page.problems());
  },
  page: async ({ visitor }, use) => {
    const page = await visitor.newcomer();
    await page.enter();
    await use(page);
  },
});
