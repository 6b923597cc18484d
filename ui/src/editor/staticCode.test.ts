import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { highlight, languageNamed, lineNumbers, loadGrammar } from "./staticCode";

function textOf(html: string): string {
  const element = document.createElement("div");
  element.innerHTML = html;
  return element.textContent;
}

test("Python has its colours at once", () => {
  const html = highlight("def f(): return 1  # c", "python");
  expect(html).toContain('<span class="tok-keyword">def</span> <span class="tok-function">f</span>');
  expect(html).toContain('<span class="tok-keyword">return</span> <span class="tok-number">1</span>');
  expect(html).toMatch(/ {2}<span class="tok-comment"># c<\/span>$/);
});

test.each(["python", "haskell", "markdown"])("text in %s comes out as it went in, and never as HTML", (language) => {
  const source = `x = "<img src=x onerror=alert(1)>" & '</div><script>' `;
  expect(textOf(highlight(source, language))).toBe(source);
  expect(highlight(source, language)).not.toMatch(/<(?!\/?span)/);
});

test.each([
  ["", "\n"],
  ["a", "a"],
  ["a\n", "a\n\n"],
  ["a\n\n", "a\n\n\n"],
])("%j takes as many lines as in the editor", (source, shown) => {
  expect(textOf(highlight(source, "python"))).toBe(shown);
  expect(textOf(highlight(source, "raw"))).toBe(shown);
});

test("magics are not shown as errors, and what surrounds them keeps its colours", () => {
  const html = highlight("%matplotlib inline\nx = !ls\nimport a", "python");
  expect(html).toContain('<span class="tok-magic">%matplotlib inline</span>');
  expect(html).toContain('<span class="tok-magic">!ls</span>');
  expect(html).toContain('<span class="tok-keyword">import</span>');
});

test("a language whose grammar comes later tells whoever has shown it plain", async () => {
  const shown: string[] = [];
  const stop = effect(() => void shown.push(highlight('{"a": 1}', "json")));
  expect(shown[0]).toBe("{&quot;a&quot;: 1}");
  await loadGrammar("json");
  stop();
  expect(shown.at(-1)).toContain('<span class="tok-number">1</span>');
});

test("the body of a cell magic has the colours of its language", async () => {
  await loadGrammar("javascript");
  expect(highlight("%%javascript\nconst a = 1", "python")).toBe(
    '<span class="tok-magic">%%javascript</span>\n<span class="tok-keyword">const</span> a <span class="tok-operator">=</span> <span class="tok-number">1</span>',
  );
});

test.each(
  "sql shell r julia c cpp rust html markdown typescript javascript json go java ruby octave yaml toml css".split(" "),
)("%s has a grammar", async (language) => {
  await loadGrammar(languageNamed(language));
  const comment = language === "markdown" || language === "toml";
  const sample = comment ? "# head" : "if (a) { return 'x' } -- <b>1</b>";
  expect(highlight(sample, language)).toContain('<span class="tok-');
});

test("what was found is marked, across tokens and magics, and the text stays", () => {
  const source = "%time x = 1\nprint('a b')";
  const found = [
    { from: 1, to: 8, current: false },
    { from: 17, to: 21, current: true },
  ];
  const html = highlight(source, "python", found);
  expect(textOf(html)).toBe(source);
  const marks = [...html.matchAll(/<mark class="([^"]*)">(.*?)<\/mark>/g)].map(([, name, inner]) => [
    name,
    textOf(inner!),
  ]);
  expect(marks).toEqual([
    ["found", "time x "],
    ["found found-now", "("],
    ["found found-now", "'a "],
  ]);
});

test("very long code is there at once, without colours", () => {
  const source = "x = 1\n".repeat(40_000);
  expect(highlight(source, "python")).toBe(`${source}\n`);
});

test("line numbers are one per line", () => expect(lineNumbers("a\nb\n")).toBe("1\n2\n3"));
