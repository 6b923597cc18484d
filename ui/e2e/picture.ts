/** Makes the picture of the README: `npm run picture`, after `make ui`. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXAMPLES, REPOSITORY } from "./application";
import { story } from "./stories";

const PICTURE = join(REPOSITORY, "docs", "images", "welcome.png");

story("the welcome notebook, run, in the light theme", async ({ application, page }) => {
  for (const name of EXAMPLES) application.copyExample(name);
  await page.browserPage.emulateMedia({ colorScheme: "light" });
  const notebook = await page.openNotebook("welcome.ipynb");
  await page.command("Run all cells");
  await notebook.show(11);
  await notebook.finished(11);
  await notebook.select(6);
  await notebook.cell(4).evaluate((cell) => cell.scrollIntoView({ block: "start" }));
  await page.browserPage.mouse.move(0, 0); // nothing is hovered over
  await page.command("Save");
  await page.browserPage.waitForFunction(() =>
    document.querySelector("[data-part=save]")?.textContent.startsWith("Saved"),
  );
  mkdirSync(dirname(PICTURE), { recursive: true });
  await page.picture(PICTURE);
});
