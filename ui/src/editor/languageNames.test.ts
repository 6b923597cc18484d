import { expect, test } from "vitest";
import { hasGrammar, languageNamed } from "./languageNames";

test.each([
  ["python", "python"],
  ["ipython3", "python"],
  ["Python", "python"],
  ["C++17", "cpp"],
  ["R", "r"],
  ["bash", "shell"],
  ["ipythongfm", "markdown"],
  ["raw", "plain"],
  ["Haskell", "other"],
  ["constructor", "other"],
])("%s is %s", (name, language) => expect(languageNamed(name)).toBe(language));

test("prose and unknown code have no grammar", () => {
  expect([hasGrammar("plain"), hasGrammar("other"), hasGrammar("python")]).toEqual([false, false, true]);
});
