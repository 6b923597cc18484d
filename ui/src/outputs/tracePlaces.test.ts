import { expect, test } from "vitest";
import { placesIn } from "./tracePlaces";

const file = (path: string, line: number) => ({ kind: "file", path, line });
const cell = (count: number, line: number) => ({ kind: "cell", count, line });

test.each([
  ["Cell In[5], line 4, in f(x)", "Cell In[5], line 4", cell(5, 4)],
  ["Input In [5], in <cell line: 3>()", "Input In [5], in <cell line: 3>", cell(5, 3)],
  ["<ipython-input-12-0f1a> in <module>", "<ipython-input-12-0f1a>", cell(12, 1)],
  ['  File "<ipython-input-12-0f1a>", line 2', '<ipython-input-12-0f1a>", line 2', cell(12, 2)],
  [" @ Main ./In[3]:2", "./In[3]:2", cell(3, 2)],
  ["File /tmp/a b/mod.py:20, in g()", "File /tmp/a b/mod.py:20", file("/tmp/a b/mod.py", 20)],
  ["File ~/project/tools.py:3, in f()", "File ~/project/tools.py:3", file("~/project/tools.py", 3)],
  ["File C:\\work\\a.py:7, in f()", "File C:\\work\\a.py:7", file("C:\\work\\a.py", 7)],
  ['  File "/x/y.py", line 9, in h', 'File "/x/y.py", line 9', file("/x/y.py", 9)],
  ["    at f (/home/a/app.js:10:5)", "/home/a/app.js:10:5", file("/home/a/app.js", 10)],
  [" @ ~/j/Tools.jl:34", "~/j/Tools.jl:34", file("~/j/Tools.jl", 34)],
  ["5: g() at /home/a/x.R#12", "/home/a/x.R#12", file("/home/a/x.R", 12)],
])("%s", (line, words, place) => {
  const [found, ...more] = placesIn(line);
  expect([line.slice(found?.from, found?.to), found?.place]).toEqual([words, place]);
  expect(more).toEqual([]);
});

test.each([
  ["----> 3 f(1)"],
  ["KeyError: 'a'"],
  ['  File "/tmp/ipykernel_7/411.py", line 1'],
  ["File <frozen importlib._bootstrap>:1007, in _find_and_load(name)"],
  ["see https://x.example/a.py:80/b"],
  ["Cell In[<img src=x onerror=xss()>], line 1"],
  ["at 12:30:05"],
  ["x".repeat(1_000_000)],
])("no place: %s", (line) => expect(placesIn(line)).toEqual([]));

test("two places of one line are both found", () => {
  expect(placesIn("Cell In[1], line 2 and Cell In[3], line 4").map(({ place }) => place)).toEqual([
    cell(1, 2),
    cell(3, 4),
  ]);
});
