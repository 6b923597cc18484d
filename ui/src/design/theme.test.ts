import { expect, test } from "vitest";
import { parseDensity, parseTheme, showDensity, showImageBacking, showTheme, type Theme } from "./theme";

const marks = (theme: Theme, system: boolean) => {
  const root = document.createElement("div");
  showTheme(root, theme, system);
  return [root.dataset["theme"], root.dataset["contrast"]];
};

test("the system's choice is followed in brightness and in contrast", () => {
  expect(marks("system", false)).toEqual([undefined, undefined]);
  expect(marks("system", true)).toEqual([undefined, "more"]);
});

test("a theme that was chosen is shown, whatever the system asks for", () => {
  expect(marks("dark", true)).toEqual(["dark", undefined]);
  expect(marks("contrast-light", false)).toEqual(["light", "more"]);
  expect(marks("contrast-dark", false)).toEqual(["dark", "more"]);
});

test("the next theme leaves nothing of the last one", () => {
  const root = document.createElement("div");
  for (const theme of ["contrast-dark", "system"] as const) showTheme(root, theme, false);
  showDensity(root, "compact");
  showDensity(root, "comfortable");
  expect(root.getAttributeNames()).toEqual([]);
});

test("stored nonsense is the default", () => {
  expect([parseTheme("purple"), parseTheme("contrast-dark"), parseDensity(3)]).toEqual([
    "system",
    "contrast-dark",
    "comfortable",
  ]);
});

test("images stand on white unless they are not to", () => {
  const root = document.createElement("div");
  showImageBacking(root, false);
  expect(root.dataset["imageBacking"]).toBe("none");
  showImageBacking(root, true);
  expect(root.getAttributeNames()).toEqual([]);
});
