// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { act } from "preact/test-utils";
import { expect, test, vi } from "vitest";
import { button, hostThatSays, root, setStage, show, showIn } from "./Stage";

setStage();

test("an error of a million letters has a headline that can be read", () => {
  show({ output_type: "error", ename: "E", evalue: "x".repeat(1_000_000), traceback: [] });
  expect(root.querySelector("strong")?.textContent.length).toBeLessThan(1_100);
  expect(root.textContent.length).toBeLessThan(20_000);
});

test("an error shows what it is, folds the frames of libraries, and opens them", () => {
  const library = "File /x/site-packages/pandas/a.py:1, in f()";
  show({
    output_type: "error",
    ename: "KeyError",
    evalue: "'a'",
    traceback: ["Cell In[1], line 1", library, "KeyError: 'a'"],
  });
  expect(root.querySelector("strong")?.textContent).toBe("KeyError: 'a'");
  expect(root.textContent).not.toContain("pandas");
  void act(() => button(/1 library frame/).click());
  expect(root.textContent).toContain("pandas");
});

test("cells and files that a traceback names are gone to, and the next error is", () => {
  const asked: string[] = [];
  const cell =
    "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[5]\u001b[39m\u001b[32m, line 2\u001b[39m\n----> 2 f()";
  const file = "File ~/tools.py:3, in f()";
  showIn(hostThatSays(asked), { output_type: "error", ename: "E", evalue: "v", traceback: [cell, file] });
  expect(root.textContent).toContain("Cell In[5], line 2\n----> 2 f()");
  for (const label of [/^Cell In/, /tools/, /Next error/]) void act(() => button(label).click());
  expect(asked.filter((one) => one.startsWith("{"))).toEqual([
    JSON.stringify({ kind: "cell", count: 5, line: 2 }),
    JSON.stringify({ kind: "file", path: "~/tools.py", line: 3 }),
  ]);
  expect(asked).toContain("next");
});

test("a package that is missing is named, and installed when asked", () => {
  const asked: string[] = [];
  const error = {
    output_type: "error",
    ename: "ModuleNotFoundError",
    evalue: "No module named 'sklearn'",
    traceback: [],
  } as const;
  showIn(hostThatSays(asked), error);
  expect(root.textContent).toContain("sklearn is not installed in this environment.");
  expect(root.textContent).toContain("Copy install command");
  void act(() => button(/Install in kernel/).click());
  expect(asked).toEqual(["install", '"a/0"', "%pip install scikit-learn"]);
});

test("copying a traceback copies all of it, without colours", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } });
  show({ output_type: "error", ename: "E", evalue: "v", traceback: ["\u001b[31mone\u001b[0m", "two"] });
  button(/Copy traceback/).click();
  await vi.waitFor(() => expect(root.textContent).toContain("Copied"));
  expect(written).toEqual(["one\ntwo"]);
});
