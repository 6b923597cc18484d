/** A notebook on the screen, in the words of somebody who works in it. Cells are counted from 1. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { ApplicationPage } from "./page";

export class OpenNotebook {
  readonly page: ApplicationPage;

  constructor(page: ApplicationPage) {
    this.page = page;
  }

  /** Those that are in the page: cells far from what is seen are not. */
  get cells(): Locator {
    return this.page.document.locator("[role=listitem][aria-posinset]:visible");
  }

  cell(n: number): Locator {
    return this.page.document.locator(`[role=listitem][aria-posinset="${n}"]:visible`);
  }

  /** How many cells the notebook has, in the page or not. */
  async count(): Promise<number> {
    return Number(await this.cells.first().getAttribute("aria-setsize"));
  }

  outputOf(n: number): Locator {
    return this.cell(n).getByRole("group", { name: /^Output/ });
  }

  /** Selects a cell, in command mode. */
  async select(n: number): Promise<void> {
    await this.cell(n).click({ position: { x: 12, y: 12 } });
    await expect.poll(() => this.cell(n).getAttribute("aria-current")).toBe("true");
  }

  /** Runs a cell and waits until it is done. */
  async runCell(n: number): Promise<void> {
    await this.select(n);
    await this.page.press("Control+Enter");
    await this.finished(n);
  }

  async finished(n: number): Promise<void> {
    await expect.poll(() => this.cell(n).getAttribute("aria-label")).toMatch(/done|error|interrupted/);
  }

  /** The kernel's state in the status bar: "Idle", "Busy", "Died"… */
  async kernelState(): Promise<string> {
    const text = (await this.page.status.locator("[data-part=kernel]").textContent()) ?? "";
    return text.split("·").at(-1)?.trim() ?? "";
  }
}
