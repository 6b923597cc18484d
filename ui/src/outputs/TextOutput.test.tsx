// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { button, root, setStage, show } from "./Stage";

setStage();

test("stderr is said to be stderr", () => {
  show({ output_type: "stream", name: "stderr", text: "careful" });
  expect(root.querySelector("pre")?.textContent).toBe("stderr: careful\n");
});

test("colours of a terminal are shown, its other codes are not", () => {
  show({ output_type: "stream", name: "stdout", text: "\u001b[31mred\u001b[0m\u001b[?25h" });
  expect(root.querySelector("pre span")?.getAttribute("style")).toContain("var(--ansi-red)");
  expect(root.querySelector("pre")?.textContent).toBe("red\n");
});

test("text is never taken for HTML", () => {
  show({ output_type: "stream", name: "stdout", text: "<img src=x onerror=alert(1)>" });
  expect(root.querySelector("img")).toBeNull();
});

test("addresses in text are links that open outside", () => {
  show({ output_type: "stream", name: "stdout", text: "see https://a.example/b?c=1." });
  const link = root.querySelector("a");
  expect([link?.getAttribute("href"), link?.target, link?.rel]).toEqual([
    "https://a.example/b?c=1",
    "_blank",
    "noopener noreferrer",
  ]);
});

test("a long text has its lines counted and only those rendered that are seen", () => {
  show({ output_type: "stream", name: "stdout", text: "line\n".repeat(12_345) });
  expect(root.textContent).toContain("12,345 lines");
  expect(root.querySelector('[role="log"]')?.getAttribute("aria-live")).toBe("off");
  expect(root.querySelectorAll("pre > div").length).toBeLessThan(100);
});

test("a long text is looked through: places are counted and marked, Escape ends it", () => {
  show({
    output_type: "stream",
    name: "stdout",
    text: Array.from({ length: 500 }, (_, line) => `line ${line}`).join("\n"),
  });
  void act(() => button(/Find in output/).click());
  const field = root.querySelector<HTMLInputElement>("search input");
  const type = (value: string): void =>
    void act(() => {
      field!.value = value;
      void field!.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const press = (init: KeyboardEventInit): void =>
    void act(() => void field?.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true })));
  type("LINE 1");
  expect(root.querySelector("search > span")?.textContent).toBe("1 of 111");
  expect(root.querySelector("mark")?.textContent).toBe("line 1");
  press({ key: "Enter", shiftKey: true });
  expect(root.querySelector("search > span")?.textContent).toBe("111 of 111");
  type("nowhere");
  expect(root.querySelector("search > span")?.textContent).toBe("Nothing found");
  press({ key: "Escape" });
  expect(root.querySelector("search")).toBeNull();
});
