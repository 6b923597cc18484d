/** Section 6, what is said at the lower right: toasts and notices. */
import { notebookText } from "../notebooks";
import { windowThat } from "../windowThat";
import type { Stage, Walk } from "./walk";

async function toasts({ application, page, look }: Stage): Promise<void> {
  page.expectError(/404|409|500/);
  const notebook = await page.openNotebook("work/text.ipynb");
  await page.command("Save as…");
  await page.dialog.getByRole("textbox").fill("work/copy.ipynb");
  await look("the question for a name");
  await page.dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.browserPage.getByText("Saved as work/copy.ipynb.").waitFor();
  await page.command("Save as…");
  await page.dialog.getByRole("textbox").fill("nowhere/copy.ipynb");
  await page.dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.browserPage
    .getByText(/nowhere/)
    .first()
    .waitFor();
  await notebook.select(1);
  await page.press("c");
  await look("toasts");
  await page.press("d", "d");
  await look("what a deletion says");
  for (const name of ["one", "two", "three", "four"]) {
    await page.command("Save as…");
    await page.dialog.getByRole("textbox").fill(`work/${name}.ipynb`);
    await page.dialog.getByRole("button", { name: "Save", exact: true }).click();
    await page.browserPage.getByText(`Saved as work/${name}.ipynb.`).hover(); // held while it is looked at
  }
  await look("toasts that take turns");
  application.remove("work");
}

async function notices({ page, visitor, look }: Stage): Promise<void> {
  await page.command("Switch notices of long runs");
  await page.browserPage.getByRole("region", { name: "Messages" }).getByText("does not allow notices").waitFor();
  await look("notices of long runs are refused");
  for (const [asks, shown, screen] of [
    [true, "May Adrastea look for a new version", "the question of new versions"],
    [false, "Adrastea 99.0 is there.", "a new version"],
  ] as const) {
    const native = await visitor.newcomer();
    await native.browserPage.addInitScript(windowThat(asks));
    await native.enter();
    await native.browserPage.getByText(shown).waitFor();
    await look(screen, native);
  }
}

const WORK = { "work/text.ipynb": notebookText(["one", "two", "three"]) };

export const MESSAGES: readonly Walk[] = [
  { name: "6 toasts", files: WORK, go: toasts },
  { name: "6 notices", files: {}, go: notices },
];
