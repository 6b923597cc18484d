/**
 * Marks what was found in rendered text: outputs and Markdown, as far as they are in the page. The text stays as it is:
 * the engine paints ranges (CSS custom highlights); one that cannot paints nothing there, and going from match to match
 * works all the same. Source code is marked elsewhere (staticCode.ts, foundMarks.ts).
 */
import { effect } from "@preact/signals";
import type { FindStore } from "./findStore";
import type { Hit } from "./query";

const LONGEST = 200_000; // characters of one area
const MOST = 2_000; // ranges on the screen

export class PageMarks {
  readonly #find: FindStore;
  readonly #root: Element | null;
  readonly #observer: MutationObserver | null = null;
  readonly #stop: () => void = () => undefined;
  #frame = 0;
  #turn = 0;

  constructor(find: FindStore, root: Element | null) {
    this.#find = find;
    this.#root = root;
    if (root === null || !canHighlight()) return;
    this.#observer = new MutationObserver(() => this.#later());
    this.#observer.observe(root, { childList: true, subtree: true, characterData: true });
    const { pattern, current, outputs, looked } = find;
    this.#stop = effect(() => this.#later(pattern.value, current.value, outputs.value, looked.value));
  }

  destroy(): void {
    this.#turn += 1;
    cancelAnimationFrame(this.#frame);
    this.#observer?.disconnect();
    this.#stop();
    if (!canHighlight()) return;
    CSS.highlights.delete("found");
    CSS.highlights.delete("found-now");
  }

  /** In the next frame; what it depends on is only named. */
  #later(..._: readonly unknown[]): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => void this.#paint());
  }

  async #paint(): Promise<void> {
    const turn = ++this.#turn;
    const find = this.#find;
    const found: Range[] = [];
    const now: Range[] = [];
    const what = find.outputs.peek() ? '[data-searched="source"], [data-output]' : '[data-searched="source"]';
    const areas = [...(this.#root?.querySelectorAll<HTMLElement>(what) ?? [])].filter((one) => this.#isSearched(one));
    for (const area of find.pattern.peek().at === "ready" ? areas : []) {
      if (found.length > MOST) break;
      const ranges = await this.#rangesIn(area);
      if (turn !== this.#turn) return;
      const at = this.#currentIn(area);
      found.push(...ranges.filter((_, place) => place !== at));
      const meant = at < 0 ? undefined : ranges[at];
      if (meant !== undefined) now.push(meant);
    }
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("found-now", new Highlight(...now));
  }

  /** Where it stands in what an area shows. */
  async #rangesIn(area: Element): Promise<readonly Range[]> {
    const nodes = textNodes(area);
    const text = nodes.map((node) => node.data).join("");
    if (text === "" || text.length > LONGEST) return [];
    return rangesOf(nodes, (await this.#find.hitsOf(text, MOST)) ?? []);
  }

  #isSearched(area: Element): boolean {
    const within = this.#find.within.peek();
    return within === null || within.has(cellOf(area));
  }

  /** Which of the matches in this output is meant, by its number; what is shown may differ from what is searched. */
  #currentIn(area: HTMLElement): number {
    const find = this.#find;
    const current = find.current.peek();
    if (current?.output == null || area.dataset["output"] !== `${current.cell}/${current.output}`) return -1;
    return find.matches
      .peek()
      .filter((match) => match.cell === current.cell && match.output === current.output)
      .indexOf(current);
  }
}

function cellOf(area: Element): string {
  return area.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
}

function canHighlight(): boolean {
  return typeof Highlight === "function" && "highlights" in CSS;
}

/** Places in the text of some nodes, one after another. */
export function rangesOf(nodes: readonly Text[], hits: readonly Hit[]): Range[] {
  const ranges: Range[] = [];
  let place = 0;
  let begin = 0; // where the node at `place` begins
  for (const { from, to } of hits.slice(0, MOST)) {
    while (begin + (nodes[place]?.length ?? 0) <= from) begin += nodes[place++]?.length ?? 0;
    let last = place;
    let lastBegin = begin;
    while (lastBegin + (nodes[last]?.length ?? 0) < to) lastBegin += nodes[last++]?.length ?? 0;
    const [first, end] = [nodes[place], nodes[last]];
    if (first === undefined || end === undefined) break;
    if (first.getRootNode() !== end.getRootNode()) continue;
    const range = new Range();
    range.setStart(first, from - begin);
    range.setEnd(end, to - lastBegin);
    ranges.push(range);
  }
  return ranges;
}

function textNodes(root: Node): Text[] {
  const found: Text[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) found.push(node);
    else if (node instanceof Element && node.matches("button, style, script")) return;
    if (node instanceof Element && node.shadowRoot !== null)
      for (const child of node.shadowRoot.childNodes) visit(child);
    for (const child of node.childNodes) visit(child);
  };
  visit(root);
  return found;
}
