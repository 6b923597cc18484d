// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Output } from "../wire/outputs";
import { type Cell, newCell } from "./model";
import { notebookPaper } from "./NotebookPaper";
import { NotebookStore } from "./notebookStore";

let sheet: HTMLElement;

async function print(...cells: readonly Cell[]): Promise<string> {
  const store = new NotebookStore("folder/n.ipynb");
  store.show({ metadata: {}, cells });
  const paper = notebookPaper(store);
  await paper.prepare();
  paper.draw(sheet);
  return sheet.textContent.replace(/\s+/g, " ").trim();
}
const ran = (output: Output): Cell => ({ ...newCell("c", "code", "x = 1"), execution_count: 3, outputs: [output] });
const stream = (text: string): Output => ({ output_type: "stream", name: "stdout", text });

beforeEach(() => {
  sheet = document.createElement("div");
  vi.stubGlobal(
    "CSSStyleSheet",
    class {
      replaceSync() {}
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

test("every cell of a long notebook is on it, rendered", async () => {
  const cells = Array.from({ length: 300 }, (_, place) => newCell(`c${place}`, "markdown", `# Part ${place}\n$x^2$`));
  await print(...cells);
  expect([...sheet.querySelectorAll("h1")].map((heading) => heading.textContent)).toEqual(
    cells.map((_, place) => `Part ${place}`),
  );
  expect(sheet.querySelectorAll("math").length).toBe(300);
}, 60_000); // milliseconds, for a machine that has much else to do

test("code has its number, its colours and its output", async () => {
  expect(await print(ran(stream("seven\n")))).toBe("[3]x = 1seven");
  expect(sheet.querySelector(".static-code [class^=tok]")).not.toBeNull();
});

test("a long output is there line by line, and a very long one without its middle", async () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, line) => `line ${line}`).join("\n");
  const all = await print(ran(stream(lines(3_000))));
  expect(all).toContain("line 1500 line 1501");
  expect(all).toContain("line 2999");
  const most = await print(ran(stream(lines(20_000))));
  expect(most).toContain("line 4999 … 10,000 lines … line 15000");
});

test("what is folded on the screen stays folded, and what can be unfolded is open", async () => {
  const hidden = { ...ran(stream("secret")), metadata: { jupyter: { source_hidden: true, outputs_hidden: true } } };
  expect(await print(hidden)).toBe("[3]");
  const json: Output = { output_type: "display_data", metadata: {}, data: { "application/json": { a: { b: [7] } } } };
  expect(await print(ran(json))).toContain("7");
});

test("HTML is there at once, and its scripts do not run", async () => {
  const html = "<b>bold</b><script>document.title = 'ran'</script>";
  await print(ran({ output_type: "display_data", metadata: {}, data: { "text/html": html } }));
  const shadow = [...sheet.querySelectorAll("*")].find((element) => element.shadowRoot !== null)?.shadowRoot;
  expect(shadow?.querySelector("b")?.textContent).toBe("bold");
  expect(sheet.querySelector("iframe")).toBeNull();
  expect(document.title).not.toBe("ran");
});

test("images of attachments are on it", async () => {
  const cell = {
    ...newCell("m", "markdown", "![a](attachment:a.png)"),
    attachments: { "a.png": { "image/png": "aGk=" } },
  };
  await print(cell);
  expect(sheet.querySelector("img")?.src).toBe("data:image/png;base64,aGk=");
});

test("widgets are on it as they look", async () => {
  const store = new NotebookStore("folder/n.ipynb");
  const data = { "application/vnd.jupyter.widget-view+json": { model_id: "m" }, "text/plain": "IntSlider()" };
  store.show({ metadata: {}, cells: [ran({ output_type: "display_data", metadata: {}, data })] });
  const asked: string[] = [];
  const ready = () => Promise.resolve(void asked.push("ready"));
  const paper = notebookPaper(store, { ready, Widget: ({ model }) => <i>widget {model}</i> });
  await paper.prepare();
  paper.draw(sheet);
  expect([asked, sheet.querySelector("i")?.textContent]).toEqual([["ready"], "widget m"]);
});
