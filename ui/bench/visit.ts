/**
 * A page of one application with a notebook opened in it, and what can be asked of the browser about it. Places in the
 * page are found by the browser itself, not by Playwright's locators: these walk the whole page in JavaScript, and in
 * one of many nodes take longer than what is measured.
 */
import type { Browser, CDPSession, Page } from "playwright-core";
import type { App } from "./apps";
import { installWatch, type Scrolled, type Watch } from "./watch";

const LIMIT = 240_000; // milliseconds: of waiting for anything
const VIEWPORT = { width: 1280, height: 800 };
const RETRY = 50; // milliseconds between presses until one arrives
const QUIET = 2000; // milliseconds without a long task
const SETTLED = 11_000; // milliseconds after the last key
const KIB = 1024;

type Watching = typeof globalThis & { benchWatch: Watch };

export class Visit {
  readonly page: Page;
  readonly app: App;
  readonly #browser: Browser;
  readonly #tools: CDPSession;
  readonly #address: string;
  readonly #traffic = { requests: 0, scripts: new Set<string>(), raw: 0, sent: 0 };

  private constructor(page: Page, app: App, browser: Browser, tools: CDPSession, address: string) {
    this.page = page;
    this.app = app;
    this.#browser = browser;
    this.#tools = tools;
    this.#address = address;
  }

  /** A page with nothing in it yet. */
  static async begin(browser: Browser, app: App, server: string, token: string, path: string): Promise<Visit> {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    await page.addInitScript(installWatch);
    const tools = await context.newCDPSession(page);
    const visit = new Visit(page, app, browser, tools, `${server}${app.address(path, token)}`);
    await visit.#countTraffic();
    await tools.send("Performance.enable");
    return visit;
  }

  /** Asks for the page; milliseconds until a cell with this text is seen. */
  async open(text: string): Promise<number> {
    await this.page.goto(this.#address, { waitUntil: "commit" });
    return this.seen(text);
  }

  /** Milliseconds since the page was asked for, when a cell with this text is seen. */
  async seen(text: string): Promise<number> {
    const begun = Date.now();
    for (;;) {
      try {
        return await this.page.evaluate(([cell, wanted]) => (globalThis as Watching).benchWatch.seen(cell, wanted), [
          this.app.cell,
          text,
        ] as const);
      } catch (error) {
        if (Date.now() - begun > LIMIT || !/context was destroyed|navigation/i.test(String(error))) throw error;
      }
    }
  }

  /** Milliseconds since the page was asked for, when one of the last cells has this text. */
  ended(text: string): Promise<number> {
    return this.page.evaluate(([cell, wanted]) => (globalThis as Watching).benchWatch.ended(cell, wanted), [
      this.app.cell,
      text,
    ] as const);
  }

  /** Presses into a cell and types until it is seen; the time of the first key that is. */
  async firstKey(text: string, typed: string): Promise<number> {
    const found = this.seen(typed);
    for (;;) {
      await this.press(text);
      await this.page.keyboard.press("End");
      await this.page.keyboard.insertText(typed);
      const late = new Promise<null>((resolve) => setTimeout(resolve, RETRY, null));
      const at = await Promise.race([found, late]);
      if (at !== null) return at;
    }
  }

  /** A mouse press into a cell's editor, as soon as it is there. */
  async press(text: string): Promise<void> {
    const { x, y } = await this.page.evaluate(
      ([cell, editor, wanted]) => (globalThis as Watching).benchWatch.middle(cell, editor, wanted),
      [this.app.cell, this.app.editor, text] as const,
    );
    await this.page.mouse.click(x, y);
  }

  now(): Promise<number> {
    return this.page.evaluate(() => performance.now());
  }

  /** Since the page was asked for: when its main thread had nothing long to do any more. */
  async quietAt(): Promise<number> {
    return this.page.evaluate(
      ([quiet, limit]) =>
        new Promise<number>((resolve) => {
          const { benchWatch } = globalThis as Watching;
          const look = (): void => {
            const now = performance.now();
            if (now - benchWatch.busyUntil > quiet || now > limit) resolve(benchWatch.busyUntil);
            else setTimeout(look, quiet / 10);
          };
          setTimeout(look, quiet / 10);
        }),
      [QUIET, LIMIT] as const,
    );
  }

  resetGap(): Promise<void> {
    return this.page.evaluate(() => {
      (globalThis as Watching).benchWatch.reset();
    });
  }

  longestGap(): Promise<number> {
    return this.page.evaluate(() => (globalThis as Watching).benchWatch.longestGap);
  }

  longestTask(): Promise<number> {
    return this.page.evaluate(() => (globalThis as Watching).benchWatch.longestTask);
  }

  /** Types so many keys; how long each took to be painted. */
  async keys(count: number, pause: number): Promise<readonly number[]> {
    await this.page.evaluate(() => (globalThis as Watching).benchWatch.keys());
    for (let at = 0; at < count; at++) {
      await this.page.keyboard.press("x");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return this.page.evaluate(() => (globalThis as Watching).benchWatch.keys());
  }

  scroll(step: number, milliseconds: number): Promise<Scrolled> {
    return this.page.evaluate(
      ([scroller, cell, by, time]) => (globalThis as Watching).benchWatch.scroll(scroller, cell, by, time),
      [this.app.scroller, this.app.cell, step, milliseconds] as const,
    );
  }

  async scrollTo(place: "start" | "end"): Promise<void> {
    await this.page.evaluate(
      ([scroller, toEnd]) => {
        const element = document.querySelector(scroller);
        if (element !== null) element.scrollTop = toEnd ? element.scrollHeight : 0;
      },
      [this.app.scroller, place === "end"] as const,
    );
  }

  /** Waits until the kernel says that it has nothing to do. */
  async kernelIdle(): Promise<void> {
    await this.page.waitForFunction((selector) => {
      const element = document.querySelector(selector);
      return /idle/i.test(`${element?.textContent} ${element?.getAttribute("data-status")}`);
    }, this.app.idle);
  }

  /** MiB of the JavaScript heap after collecting, and nodes of the page. */
  async memory(): Promise<{ readonly heapMib: number; readonly nodes: number }> {
    for (let again = 0; again < 2; again++) await this.#tools.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.#tools.send("Performance.getMetrics");
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { heapMib: of("JSHeapUsedSize") / KIB / KIB, nodes: await this.page.locator("*").count() };
  }

  /** What was asked for until now. */
  traffic(): { readonly requests: number; readonly rawKib: number; readonly sentKib: number } {
    const { requests, raw, sent } = this.#traffic;
    return { requests, rawKib: raw / KIB, sentKib: sent / KIB };
  }

  /**
   * Milliseconds of processor time that the page's processes use in so many seconds, when what follows the last key has
   * ended: saving, and here the blinking of the caret.
   */
  async idleCpu(seconds: number): Promise<number> {
    await this.page.evaluate(() => {
      (globalThis as Watching).benchWatch.stop();
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLED));
    const before = await this.cpuSeconds();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return ((await this.cpuSeconds()) - before) * 1000;
  }

  /** Seconds of processor time that the page's processes have used. */
  async cpuSeconds(): Promise<number> {
    const tools = await this.#browser.newBrowserCDPSession();
    const { processInfo } = await tools.send("SystemInfo.getProcessInfo");
    await tools.detach();
    return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  async #countTraffic(): Promise<void> {
    const counted = this.#traffic;
    await this.#tools.send("Network.enable");
    this.#tools.on("Network.requestWillBeSent", () => (counted.requests += 1));
    this.#tools.on("Network.responseReceived", ({ requestId, response }) => {
      if (/javascript/.test(response.mimeType)) counted.scripts.add(requestId);
    });
    this.#tools.on("Network.dataReceived", ({ requestId, dataLength }) => {
      if (counted.scripts.has(requestId)) counted.raw += dataLength;
    });
    this.#tools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (counted.scripts.has(requestId)) counted.sent += encodedDataLength;
    });
  }
}
