/**
 * The screens, as walks: each brings the application from state to state and stops where there is something to see.
 * Who goes along decides what happens there: axe-core looks for barriers (screens.e2e.ts), or a picture is taken in both
 * themes (pictures.ts). One file for each section of the interface's specification; a new state is a new stop.
 */
import type { Application } from "../application";
import type { ApplicationPage } from "../page";
import type { Visitor } from "../stories";

export interface Stage {
  readonly application: Application;
  readonly page: ApplicationPage;
  readonly visitor: Visitor;
  /** Stops here, on this page or on another one. */
  readonly look: (screen: string, page?: ApplicationPage) => Promise<void>;
}

export interface Walk {
  /** Unique among all walks; it begins with the section's number where there is one: `3 cells`. */
  readonly name: string;
  /** What is in the folder when the page is entered, by its path. */
  readonly files: Readonly<Record<string, string>>;
  readonly go: (stage: Stage) => Promise<void>;
}

/** Enters the page, in a folder with the walk's files, and goes from stop to stop. */
export async function goAlong(walk: Walk, stage: Stage): Promise<void> {
  for (const [name, text] of Object.entries(walk.files)) stage.application.write(name, text);
  await stage.page.enter(); // what was written before is in the list of files
  await walk.go(stage);
}

/** Closes a dialog. */
export async function leaveDialog({ page }: Stage): Promise<void> {
  await page.press("Escape");
  await page.dialog.waitFor({ state: "detached" });
}
