import { afterEach, expect, test } from "vitest";
import { look } from "./look";

afterEach(() => {
  document.documentElement.removeAttribute("style");
  document.documentElement.removeAttribute("lang");
  delete document.body.dataset["jpThemeLight"];
});

test("the frame has the page's colours and language, under our names and Jupyter's", () => {
  look({ scheme: "dark", language: "de", tokens: { "--fg": "#eee" } });
  const root = document.documentElement;
  expect([root.style.colorScheme, root.lang, root.style.getPropertyValue("--fg")]).toEqual(["dark", "de", "#eee"]);
  expect(root.style.getPropertyValue("--jp-ui-font-color1")).toBe("var(--fg)");
  expect(document.body.dataset["jpThemeLight"]).toBe("false");
});
