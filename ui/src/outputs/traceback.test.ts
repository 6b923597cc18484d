import { expect, test } from "vitest";
import { headlineOf, tracebackParts } from "./traceback";

const RULE = "\u001b[31m-----------------------------------------------------------------\u001b[39m";
const OWN = "\u001b[36mCell In[1], line 2\u001b[39m\n----> 2 f()\n";
const PANDAS =
  "\u001b[36mFile \u001b[39m\u001b[32m/x/lib/python3.12/site-packages/pandas/core/frame.py:4330\u001b[39m, in f\n";
const CYTHON = "File pandas/_libs/index.pyx:172, in pandas._libs.index.IndexEngine.get_loc()\n";
const MINE = "File ~/project/tools.py:3, in f()\n";
const WINDOWS = "File C:\\Python312\\Lib\\site-packages\\a.py:3, in f()\n";
const FROZEN = "File <frozen importlib._bootstrap>:1007, in _find_and_load(name)\n";

test("frames of libraries are folded together, one's own stay", () => {
  expect(
    tracebackParts(
      [RULE, "KeyError  Traceback", OWN, PANDAS, CYTHON, MINE, WINDOWS, FROZEN, "KeyError: 'a'"],
      "KeyError: 'a'",
    ),
  ).toEqual([
    { kind: "text", text: `KeyError  Traceback\n${OWN}` },
    { kind: "library", frames: [PANDAS, CYTHON] },
    { kind: "text", text: MINE },
    { kind: "library", frames: [WINDOWS, FROZEN] },
  ]);
});

test("of a long way through one's own code the first and the last frames stay", () => {
  const own = [1, 2, 3, 4, 5, 6, 7].map((line) => `Cell In[1], line ${line}`);
  expect(tracebackParts(own, "")).toEqual([
    { kind: "text", text: own[0] },
    { kind: "earlier", frames: own.slice(1, 4) },
    { kind: "text", text: own.slice(4).join("\n") },
  ]);
});

test("the line above the frames goes where it repeats the headline, and stays where it is of another error", () => {
  const head = "\u001b[31mKeyError\u001b[39m            Traceback (most recent call last)";
  expect(tracebackParts([RULE, head, OWN, "KeyError: 'a'"], "KeyError: 'a'")).toEqual([{ kind: "text", text: OWN }]);
  expect(tracebackParts([RULE, head, OWN], "OSError: b")).toEqual([{ kind: "text", text: `${head}\n${OWN}` }]);
});

test("a traceback that says no more than its headline leaves nothing", () => {
  expect(tracebackParts([RULE, "\u001b[31mE\u001b[0m: v"], "E: v")).toEqual([]);
});

test("a traceback of one text, as other kernels send it, is shown whole", () => {
  expect(tracebackParts(["Error in f(): no\nTraceback:\n1. f()"], "R: no")).toEqual([
    { kind: "text", text: "Error in f(): no\nTraceback:\n1. f()" },
  ]);
});

test.each([
  ["NameError", "name 'x' is not defined", "NameError: name 'x' is not defined"],
  ["KeyboardInterrupt", "", "KeyboardInterrupt"],
  ["", "", "Error"],
  ["E", "\u001b[31mred\u001b[0m", "E: red"],
])("%j and %j are %j", (ename, evalue, headline) => expect(headlineOf(ename, evalue)).toBe(headline));
