/**
 * Printing: a sheet with all of a document is laid beside the window's contents while it is printed (paper.css). Our
 * commands wait until everything is on it; who prints by the browser's own key gets what can be drawn at once.
 */
import type { Paper } from "./paper";

const LIMIT = 10_000; // milliseconds for all images together
const SHEET = "paper-sheet";

export class Printing {
  readonly #page: Window;
  readonly #paper: () => Paper | null;
  #drawn: { readonly paper: Paper; readonly sheet: HTMLElement } | null = null;

  constructor(page: Window, paper: () => Paper | null) {
    this.#page = page;
    this.#paper = paper;
  }

  /** Begins to listen; gives back how to stop. */
  listen(): () => void {
    const before = (): void => {
      if (!("paper" in this.#page.document.documentElement.dataset)) this.#draw(this.#paper());
    };
    const after = (): void => this.clear();
    this.#page.addEventListener("beforeprint", before);
    this.#page.addEventListener("afterprint", after);
    return () => {
      this.#page.removeEventListener("beforeprint", before);
      this.#page.removeEventListener("afterprint", after);
      this.clear();
    };
  }

  /** Prints the active document: the system asks on what. The sheet stays until the system says that it is done. */
  async print(): Promise<void> {
    await this.lay();
    this.#page.print();
  }

  /** Lays the sheet with everything on it; `told` hears how many of its parts are ready, and may stop it by rejecting. */
  async lay(told?: (done: number) => Promise<void>): Promise<void> {
    const paper = this.#paper();
    await paper?.prepare(told);
    this.#draw(paper);
    if (this.#drawn !== null) await imagesIn(this.#drawn.sheet, this.#page);
  }

  #draw(paper: Paper | null): void {
    this.clear();
    if (paper === null) return;
    const { document } = this.#page;
    const sheet = document.createElement("div");
    sheet.className = SHEET;
    document.body.append(sheet);
    document.documentElement.dataset["paper"] = "";
    this.#drawn = { paper, sheet };
    paper.draw(sheet);
  }

  /** Takes the sheet away. */
  clear(): void {
    if (this.#drawn === null) return;
    const { paper, sheet } = this.#drawn;
    this.#drawn = null;
    delete this.#page.document.documentElement.dataset["paper"];
    paper.clear(sheet);
    sheet.remove();
  }
}

/** Waits until every image on the sheet has come or has failed. */
async function imagesIn(sheet: HTMLElement, page: Window): Promise<void> {
  const all = Promise.all(
    imagesOf(sheet).map((image) => {
      image.loading = "eager"; // it may be far down
      return image.decode().catch(() => undefined);
    }),
  );
  await Promise.race([all, new Promise((resolve) => page.setTimeout(resolve, LIMIT))]);
}

/** Those in shadow roots too. */
function imagesOf(root: ParentNode): readonly HTMLImageElement[] {
  const hosts = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot]));
  return [...root.querySelectorAll("img"), ...hosts.flatMap(imagesOf)];
}
