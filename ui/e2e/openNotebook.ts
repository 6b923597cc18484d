/** A notebook on the screen, in the words of somebody who works in it. Cells are counted from 1. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { ApplicationPage } from "./page";

const EDGE = 3; // pixels from the left: the cell itself, nothing in it that takes a press

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

  outputOf(n: number): Locator {
    return this.cell(n).getByRole("group", { name: /^Output/ });
  }

  /** What is said between the bar and the cells. */
  get banner(): Locator {
    return this.page.document.locator("[data-banner]:visible");
  }

  /** How many cells the notebook has, in the page or not. */
  async count(): Promise<number> {
    return Number(await this.cells.first().getAttribute("aria-setsize"));
  }

  /** Scrolls until a cell is in view. */
  async show(n: number): Promise<void> {
    const cell = this.cell(n);
    await expect
      .poll(async () => {
        if ((await cell.count()) > 0) return isBroughtIntoView(cell);
        const shown = Number(await this.cells.first().getAttribute("aria-posinset"));
        await this.page.document.hover();
        await this.page.browserPage.mouse.wheel(0, n > shown ? 600 : -600);
        return false;
      })
      .toBe(true);
  }

  /** Selects a cell with the mouse, in command mode. */
  async select(n: number): Promise<void> {
    await this.show(n);
    const box = await this.cell(n).boundingBox();
    await this.cell(n).click({ position: { x: EDGE, y: Math.min(24, (box?.height ?? 0) / 2) } });
    await expect.poll(() => this.cell(n).getAttribute("aria-current")).toBe("true");
  }

  /** The numbers of the selected cells. */
  async selected(): Promise<readonly number[]> {
    const places = this.cells.and(this.page.document.locator("[aria-current], [data-selected]"));
    return (await places.evaluateAll((cells) => cells.map((cell) => cell.ariaPosInSet))).map(Number);
  }

  /** Puts the caret into a cell. */
  async edit(n: number): Promise<void> {
    await this.select(n);
    await this.page.press("Enter");
    await expect.poll(() => this.cell(n).locator(".cm-content:focus").count()).toBe(1);
  }

  /** Runs a cell and waits until it is done. */
  async runCell(n: number): Promise<void> {
    await this.select(n);
    // A new kernel counts from 1 again, as the file may have it: then the label tells that the cell has run.
    const shown = async (): Promise<string> => `${await this.executionCount(n)} ${await this.label(n)}`;
    const before = await shown();
    await this.page.press("Control+Enter");
    await expect.poll(shown).not.toBe(before);
    await this.finished(n);
  }

  /** Waits until a cell has run, however it ended. */
  async finished(n: number): Promise<void> {
    await expect.poll(() => this.label(n), { timeout: 60_000 }).toMatch(/done in| after /);
  }

  /** What a reader hears of a cell. */
  async label(n: number): Promise<string> {
    return (await this.cell(n).getAttribute("aria-label")) ?? "";
  }

  /** What stands in the brackets beside a cell. */
  async executionCount(n: number): Promise<string> {
    const text = (await this.cell(n).innerText()).replace(/\s+/g, " ");
    return /\[(\d+|\*)?\s?\]/.exec(text)?.[1] ?? "";
  }

  errorsOf(n: number): Locator {
    return this.outputOf(n).getByRole("button", { name: "Copy traceback" });
  }

  /** The addresses of images that are not there, or not yet decoded after a while. */
  async brokenImagesOf(n: number): Promise<readonly string[]> {
    const images = this.outputOf(n).locator("img");
    return images.evaluateAll(async (all) => {
      const found = all as HTMLImageElement[];
      await Promise.all(found.map((image) => image.decode().catch(() => undefined)));
      return found.filter((image) => image.naturalWidth === 0).map((image) => image.src.slice(0, 80));
    });
  }

  /** How many colours the text of an output has. */
  coloursOf(output: Locator): Promise<number> {
    return output.evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const colours = new Set<string>();
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (node.textContent?.trim() && parent?.closest("pre") != null) colours.add(getComputedStyle(parent).color);
      }
      return colours.size;
    });
  }

  /** The text of the cells that are in the page and not rendered. */
  sources(): Promise<readonly string[]> {
    return this.cells.evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const lines = [...cell.querySelectorAll(".cm-content .cm-line")].map((line) => line.textContent);
        if (lines.length > 0) return [lines.join("\n")];
        const text = cell.querySelector("pre.static-code")?.textContent;
        return text == null ? [] : [text.replace(/\n$/, "")];
      }),
    );
  }

  /** Scrolls from the top to the end in steps, and tells where in the window there was no cell to be seen after one. */
  scrollThrough(steps: number): Promise<{ readonly blank: readonly string[]; readonly atEnd: boolean }> {
    return this.page.document.locator("[role=list][aria-label^='Cells of']").evaluate(async (list, count) => {
      const scroller = list.parentElement ?? list;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const found: string[] = [];
      const look = (step: number): readonly string[] => {
        const blank: string[] = [];
        const window = scroller.getBoundingClientRect();
        const cells = list.getBoundingClientRect();
        const x = window.left + 30; // pixels: in the gutter
        let missed = 0;
        for (let y = Math.max(window.top, cells.top); y < Math.min(window.bottom, cells.bottom); y += 20) {
          missed = document.elementFromPoint(x, y)?.closest("[role=listitem]") == null ? missed + 1 : 0;
          if (missed === 2) blank.push(`step ${step}, ${Math.round(y - window.top)} px below the top`);
        }
        return blank;
      };
      for (let step = 0; step <= count; step++) {
        scroller.scrollTop = (step / count) * (scroller.scrollHeight - scroller.clientHeight);
        await frame();
        await frame();
        for (let more = 0; more < 10 && look(step).length > 0; more++) await frame(); // heights settle
        found.push(...look(step));
      }
      return { blank: found, atEnd: list.querySelector(`[aria-posinset="1000"]`) !== null };
    }, steps);
  }

  /** The kernel's state in the status bar: "Idle", "Busy", "Died"… */
  async kernelState(): Promise<string> {
    const text = (await this.page.status.locator("[data-part=kernel]").textContent()) ?? "";
    return text.split("·").at(-1)?.trim() ?? "";
  }

  /** "Saved 14:02", "Unsaved"… in the status bar. */
  async saveState(): Promise<string> {
    return (await this.page.status.locator("[data-part=save]").textContent()) ?? "";
  }

  async changeKernel(displayName: string): Promise<void> {
    await this.page.command("Change kernel…");
    await this.#chooseKernel(displayName);
  }

  async changeKernelFromBanner(displayName: string): Promise<void> {
    await this.banner.getByRole("button", { name: "Choose another kernel" }).first().click();
    await this.#chooseKernel(displayName);
  }

  async #chooseKernel(displayName: string): Promise<void> {
    await this.page.dialog.getByRole("radio", { name: displayName }).check();
    await this.page.dialog.getByRole("button", { name: "Use this kernel" }).click();
    await this.page.dialog.waitFor({ state: "detached" });
  }
}

/** Not where what grows above has pushed it out of the page meanwhile. */
function isBroughtIntoView(cell: Locator): Promise<boolean> {
  return cell.scrollIntoViewIfNeeded().then(
    () => true,
    (error: unknown) => {
      if (!String(error).includes("not attached")) throw error;
      return false;
    },
  );
}
