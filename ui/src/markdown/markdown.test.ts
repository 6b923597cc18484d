// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { beforeAll, describe, expect, test } from "vitest";
import { headingId, loadMath, renderMarkdown, renderMarkdownNow } from "./markdown";

async function page(source: string, options = {}): Promise<HTMLElement> {
  const root = document.createElement("div");
  root.innerHTML = await renderMarkdown(source, options);
  return root;
}

async function maths(source: string): Promise<string[]> {
  return [...(await page(source)).querySelectorAll("math")].map(
    (math) => (math.getAttribute("display") === "block" ? "display " : "") + math.textContent,
  );
}

beforeAll(async () => {
  await loadMath();
});

describe("what is maths", () => {
  test.each([
    ["$a$", ["a"]],
    ["x $a$ and $b$ y", ["a", "b"]],
    ["$$a$$", ["display a"]],
    ["text $$a$$ text", ["display a"]],
    ["$$\na\n+ b\n$$\n", ["display a+b"]],
    ["\\(a\\)", ["a"]],
    ["\\[a\\]", ["display a"]],
    ["\\[\na\n\\]", ["display a"]],
    ["- item $a$", ["a"]],
    ["| $a$ | b |\n|---|---|\n| 1 | $c$ |", ["a", "c"]],
    ["# Title $a$", ["a"]],
    ["**$a$**", ["a"]],
    ["$a_1$ and $b_2$", ["a1", "b2"]],
    ["($a$)", ["a"]],
    ["$a\nb$", ["ab"]],
  ])("%j", async (source, expected) => expect(await maths(source)).toEqual(expected));

  test("an environment without delimiters", async () => {
    expect(await maths("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}")).toHaveLength(1);
  });
});

describe("what is no maths", () => {
  test.each([
    ["costs $5 and $6", "costs $5 and $6"],
    ["from $10 to $20.", "from $10 to $20."],
    ["US$ 5 or US$ 6", "US$ 5 or US$ 6"],
    ["\\$a\\$", "$a$"],
    ["`$a$`", "$a$"],
    ["```\n$a$ $$b$$\n```", "$a$ $$b$$"],
    ["    $a$", "$a$"],
    ["a single $ sign", "a single $ sign"],
    ["$ a $", "$ a $"],
  ])("%j", async (source, text) => {
    const root = await page(source);
    expect(root.querySelector("math")).toBeNull();
    expect(root.textContent.trim()).toBe(text);
  });
});

test("a formula that cannot be set is shown as it was written", async () => {
  const root = await page("bad $\\frac{1$ end");
  expect(root.querySelector("code")?.textContent).toBe("\\frac{1");
});

test("a formula is no way in for HTML", async () => {
  const root = await page("$\\text{<img src=x onerror=alert(1)>}$ $\\href{javascript:alert(1)}{x}$");
  expect(root.querySelector("img, [href]")).toBeNull();
});

test("tables, task lists, strike-through and code", async () => {
  const root = await page("|a|\n|-:|\n|1|\n\n- [x] done\n\n~~gone~~\n\n```python\nimport a\n```");
  expect(root.querySelector("td")?.textContent).toBe("1");
  expect(root.querySelector("li")?.textContent.trim()).toBe("done");
  expect(root.querySelector("input")?.outerHTML).toContain('type="checkbox"');
  expect(root.querySelector("input")?.getAttribute("aria-label")).toBe("done");
  expect(root.querySelector("del")?.textContent).toBe("gone");
  expect(root.querySelector("pre .tok-keyword")?.textContent).toBe("import");
});

test("code in a language whose grammar has to be loaded has its colours too", async () => {
  expect((await page("```js\nconst a = 1\n```")).querySelector(".tok-keyword")?.textContent).toBe("const");
});

test("headings can be linked to, a second one of the same name too", async () => {
  const root = await page("# One *two*\n# One two\n# `code`");
  expect([...root.querySelectorAll("h1")].map((heading) => heading.id)).toEqual([
    headingId("#One-two"),
    headingId("#One-two-1"),
    headingId("#code"),
  ]);
});

describe("images", () => {
  const address = async (source: string, options = {}) =>
    (await page(source, options)).querySelector("img")?.getAttribute("src");

  test.each([
    ["![a](b.png)", "", "files/b.png"],
    ["![a](b.png)", "sub/dir", "files/sub/dir/b.png"],
    ["![a](../b.png)", "sub/dir", "files/sub/b.png"],
    ["![a](../../../../b.png)", "sub", "files/b.png"],
    ["![a](/b.png)", "sub", "files/b.png"],
    ["![a](b%20c.png)", "ü", "files/%C3%BC/b%20c.png"],
    ["![a](b.png?x=1)", "", "files/b.png?x=1"],
    ["![a](https://a.example/b.png)", "sub", "https://a.example/b.png"],
    ["![a](data:image/png;base64,AAAA)", "", "data:image/png;base64,AAAA"],
    ['<img src="b.png">', "sub", "files/sub/b.png"],
  ])("%j in the folder %j", async (source, folder, expected) =>
    expect(await address(source, { folder })).toBe(expected),
  );

  test("of the cell's attachments", async () => {
    const attachments = { "my image.png": { "image/png": "AA\nAA" } };
    expect(await address("![a](attachment:my%20image.png)", { attachments })).toBe("data:image/png;base64,AAAA");
    expect(await address("![a](attachment:other.png)", { attachments })).not.toContain("AAAA");
  });
});

test("links to files of the notebook's folder lead to the server's files", async () => {
  const root = await page("[a](data/x.csv) [b](#Top) [c](https://c.example) [d](mailto:a@b.c)", { folder: "sub" });
  expect([...root.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "files/sub/data/x.csv",
    "#Top",
    "https://c.example",
    "mailto:a@b.c",
  ]);
  expect(root.querySelector("a")?.dataset["path"]).toBe("sub/data/x.csv");
});

test("nothing in a text executes", async () => {
  const root = await page(
    "<script>1</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](javascript:alert(1)) <b onclick=alert(1)>y</b>",
  );
  expect(root.querySelector("script, [onerror], [onclick], [href^=javascript]")).toBeNull();
});

test("a placeholder that a text writes itself is no formula of ours", async () => {
  const root = await page('<span data-math="0"></span> and $a$');
  expect(root.querySelectorAll("math")).toHaveLength(1);
});

test("what is loaded can be rendered at once", () => {
  expect(renderMarkdownNow("*x* $a$")).toContain("<em>x</em>");
});
