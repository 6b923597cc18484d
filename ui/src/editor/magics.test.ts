import { describe, expect, test } from "vitest";
import { findMagics } from "./magics";

function found(text: string): string[] {
  return (findMagics(text)?.ranges ?? []).map(({ from, to }) => text.slice(from, to));
}

describe("what is IPython's", () => {
  test.each([
    ["%matplotlib inline", ["%matplotlib inline"]],
    ["!ls -la | grep 'x", ["!ls -la | grep 'x"]],
    ["    %time f()", ["%time f()"]],
    ["plt.plot?", ["plt.plot?"]],
    ["a[0]??", ["a[0]??"]],
    ["?print", ["?print"]],
    ["files = !ls", ["!ls"]],
    ["t = %timeit -o f()", ["%timeit -o f()"]],
    ["x = 1\n!ls\ny = 2\n%pwd", ["!ls", "%pwd"]],
    ["%%timeit -n 3\nf()", ["%%timeit -n 3"]],
    ["print('it''s')\n!ls", ["!ls"]],
    ['s = "unfinished\n!ls', ["!ls"]],
    ["x = (1 + 2)  # not ( open\n!ls", ["!ls"]],
  ])("%j", (text, expected) => expect(found(text)).toEqual(expected));
});

describe("what is Python's own", () => {
  test.each([
    "x = 5 % 3",
    "y = (10\n% 3)",
    "y = 10 \\\n% 3",
    '"""\n%matplotlib inline\n!ls\n"""',
    "'''a ''' '''\n!b'''",
    "a != b",
    "x %= 3",
    "# why?",
    "s = 'really?'",
    "print(f'{x!r}')",
    "d = {\n'a':\n1}",
  ])("%j", (text) => expect(findMagics(text)).toBeNull());
});

test("what is masked keeps every position and every line", () => {
  const text = "x = !ls\n  %time f()\nprint(1)";
  const masked = findMagics(text)?.masked ?? "";
  expect(masked).toBe("x = ___\n  #time f()\nprint(1)");
  expect(masked).toHaveLength(text.length);
});

test.each([
  ["%%bash\nls", "shell"],
  ["%%html\n<b>", "html"],
  ["%%javascript\nlet a", "javascript"],
  ["%%writefile a.py\nx = 1", "python"],
  ["%%writefile notes.md\n# x", "markdown"],
  ["%%script bash -e\nls", "shell"],
  ["%%unheard_of\nx", "other"],
])("the rest of %j is %s", (text, language) => {
  const magics = findMagics(text);
  const expected = language === "python" ? undefined : language;
  expect(magics?.body?.language).toBe(expected);
});

test("the body of a cell magic ends where the cell ends, even when there is none", () => {
  expect(findMagics("%%bash")?.body).toMatchObject({ from: 6, to: 6 });
});
