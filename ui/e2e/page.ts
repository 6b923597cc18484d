/**
 * The application in a browser page, in the words of somebody who uses it.
 *
 * Everything that goes wrong in the page (an error on its console, an exception, something that the content security
 * policy stopped) is kept; what the story did not expect fails it.
 */
import type { ConsoleMessage, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { TOKEN } from "./application";
import { OpenNotebook } from "./openNotebook";

export class ApplicationPage {
  readonly browserPage: Page;
  readonly #address: string;
  readonly #expected: RegExp[] = [];
  readonly #problems: string[] = [];
  readonly #others: ApplicationPage[] = [];

  constructor(browserPage: Page, address: string) {
    this.browserPage = browserPage;
    this.#address = address;
    browserPage.setDefaultTimeout(30_000); // milliseconds
    browserPage.on("console", (message) => this.#heard(message));
    browserPage.on("pageerror", (error) => this.#problems.push(String(error.stack ?? error)));
    browserPage.on("crash", () => this.#problems.push("The page has crashed."));
  }

  /** With the token in the address, as a user comes from the printed line. */
  async enter(...paths: readonly string[]): Promise<void> {
    const query = new URLSearchParams([["token", TOKEN], ...paths.map((path) => ["path", path])]);
    await this.browserPage.goto(`${this.#address}?${query}`);
    await this.document.waitFor();
  }

  /** Opens a notebook by its address, and waits until its cells are on the screen. */
  async openNotebook(path: string): Promise<OpenNotebook> {
    await this.enter(path);
    return this.notebook();
  }

  /** The notebook of the active tab, when its cells are there. */
  async notebook(): Promise<OpenNotebook> {
    const notebook = new OpenNotebook(this);
    await notebook.cells.first().waitFor();
    return notebook;
  }

  /** Another page of the same browser. */
  async another(): Promise<ApplicationPage> {
    const other = new ApplicationPage(await this.browserPage.context().newPage(), this.#address);
    this.#others.push(other);
    return other;
  }

  get document(): Locator {
    return this.browserPage.getByRole("main");
  }

  get status(): Locator {
    return this.browserPage.getByRole("contentinfo");
  }

  get sidePanel(): Locator {
    return this.browserPage.getByRole("complementary");
  }

  get dialog(): Locator {
    return this.browserPage.getByRole("dialog");
  }

  tab(title: string): Locator {
    return this.browserPage
      .getByRole("navigation", { name: "Open documents" })
      .getByRole("button", { name: startsWith(title) });
  }

  button(name: string | RegExp): Locator {
    return this.browserPage.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.browserPage.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.browserPage.keyboard.insertText(text);
  }

  /** Runs a command by its title, through the palette. */
  async command(title: string): Promise<void> {
    await this.press("F1");
    await this.dialog.getByRole("combobox").fill(title);
    const row = this.dialog.getByRole("option").first();
    await expect.poll(() => row.textContent()).toContain(title);
    await this.press("Enter");
  }

  /** What the focus is on, as a reader says it. */
  focused(): Promise<string> {
    return this.browserPage.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
  }

  /** What a story provokes on purpose: errors on the console that look like this. */
  expectError(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What went wrong here and in the pages beside it, and was not expected. */
  problems(): readonly string[] {
    const own = this.#problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
    return [...own, ...this.#others.flatMap((other) => other.problems())];
  }

  /** The user has been in another program. */
  async comeBack(): Promise<void> {
    await this.browserPage.evaluate(() => globalThis.dispatchEvent(new Event("focus")));
  }

  async picture(path: string): Promise<void> {
    if (!this.browserPage.isClosed()) await this.browserPage.screenshot({ path });
  }

  #heard(message: ConsoleMessage): void {
    if (message.type() !== "error") return;
    const { url, lineNumber } = message.location();
    this.#problems.push(`${message.text()} (${url}:${lineNumber})`);
  }
}

function startsWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}
