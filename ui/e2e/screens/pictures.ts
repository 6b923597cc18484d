/**
 * A picture of every stop of every walk, in both themes, to be looked at: `make screens`, into
 * `.cache/screens/{light,dark}/`. `make screens SCREENS="-t '3 cells'"` makes those of one walk.
 */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "../application";
import type { ApplicationPage } from "../page";
import { story } from "../stories";
import { CELLS } from "./cells";
import { FAILURES, WITHOUT_PYTHON } from "./failures";
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
  ...OUTPUT_KINDS,
  ...FAILURES,
  WITHOUT_PYTHON,
];
const THEMES = ["light", "dark"] as const;
const FOLDER = join(REPOSITORY, ".cache", "screens");

async function take({ browserPage }: ApplicationPage, name: string): Promise<void> {
  for (const theme of THEMES) {
    const path = join(FOLDER, theme, `${name.replace(/\W+/g, "-")}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await browserPage.emulateMedia({ colorScheme: theme });
    await browserPage.screenshot({ path });
  }
}

for (const walk of WALKS) {
  story(walk.name, async ({ application, page, visitor }) => {
    const look = (screen: string, on = page): Promise<void> => take(on, `${walk.name} ${screen}`);
    await goAlong(walk, { application, page, visitor, look });
  });
}
