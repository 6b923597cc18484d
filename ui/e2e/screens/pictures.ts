/**
 * A picture of every stop of every walk, in both themes, to be looked at: `make screens`, into
 * `.cache/screens/{light,dark}/`. `make screens SCREENS="-t '3 cells'"` makes those of one walk. axe-core looks at each
 * stop too, in all themes; the tests do so on the walks of tour.ts alone, for it takes its time.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { barriers } from "../accessibility";
import { REPOSITORY } from "../application";
import type { ApplicationPage } from "../page";
import { story } from "../stories";
import { CELLS } from "./cells";
import { FAILURES, WITHOUT_PYTHON } from "./failures";
import { MESSAGES } from "./messages";
import { OUTPUT_KINDS } from "./outputs";
import { STATUSES } from "./statuses";
import { TOUR } from "./tour";
import { WIDTHS } from "./widths";
import { goAlong, type Walk } from "./walk";

const WALKS: readonly Walk[] = [
  ...TOUR,
  ...CELLS,
  ...WIDTHS,
  ...STATUSES,
  ...MESSAGES,
  ...OUTPUT_KINDS,
  ...FAILURES,
  WITHOUT_PYTHON,
];
const THEMES = ["light", "dark"] as const;
/** A long line of code is scrolled by the caret, in edit mode: it is no stop of Tab by itself. */
const KNOWN = /scrollable-region-focusable: .*static-code/;
const FOLDER = join(REPOSITORY, ".cache", "screens");

async function take({ browserPage }: ApplicationPage, name: string): Promise<void> {
  for (const theme of THEMES) {
    const path = join(FOLDER, theme, `${name.replace(/\W+/g, "-")}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await browserPage.emulateMedia({ colorScheme: theme });
    for (const frame of browserPage.frames()) await frame.evaluate(() => document.body.clientHeight); // it has heard of it
    await browserPage.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
    await browserPage.screenshot({ path });
  }
}

for (const walk of WALKS) {
  story(walk.name, async ({ application, page, visitor }) => {
    const found: string[] = [];
    const look = async (screen: string, on = page): Promise<void> => {
      await take(on, `${walk.name} ${screen}`);
      for (const barrier of await barriers(on)) if (!KNOWN.test(barrier)) found.push(`${screen}: ${barrier}`);
    };
    await goAlong(walk, { application, page, visitor, look });
    expect(found).toEqual([]);
  });
}
