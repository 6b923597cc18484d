import { expect, test, vi } from "vitest";
import { appearanceOf, resolved, watchAppearance } from "./appearance";

test.each([
  ["light-dark(#fff, #000)", "#fff", "#000"],
  ["light-dark( rgb(1 2 3 / 4%) , rgb(5, 6, 7) )", "rgb(1 2 3 / 4%)", "rgb(5, 6, 7)"],
  ["#abc", "#abc", "#abc"],
  ['system-ui, "Segoe UI", sans-serif', 'system-ui, "Segoe UI", sans-serif', 'system-ui, "Segoe UI", sans-serif'],
])("%s is %s by day and %s by night", (value, light, dark) => {
  expect([resolved(value, "light"), resolved(value, "dark")]).toEqual([light, dark]);
});

test("the page's variables and language are told", () => {
  const root = document.documentElement;
  root.lang = "fr";
  root.style.cssText = "color-scheme: dark; --fg: light-dark(#111, #eee)";
  expect(appearanceOf(document)).toEqual({ scheme: "dark", language: "fr", tokens: { "--fg": "#eee" } });
  root.removeAttribute("style");
  root.removeAttribute("lang");
});

test("another theme is noticed until nobody wants to know", async () => {
  const changed = vi.fn();
  const end = watchAppearance(document, changed);
  document.documentElement.dataset["theme"] = "dark";
  await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
  end();
  document.documentElement.removeAttribute("data-theme");
  await Promise.resolve();
  expect(changed).toHaveBeenCalledOnce();
});
