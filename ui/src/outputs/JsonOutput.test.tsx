// @vitest-environment jsdom
// The sanitiser needs a DOM that behaves as a browser does.
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { bundle, button, root, setStage, show } from "./Stage";

setStage();

test("JSON is a tree whose branches open when asked", () => {
  show(bundle({ "application/json": { list: [10, 20], word: "x" } }));
  expect(root.textContent).toContain('word: "x"');
  expect(root.querySelectorAll('[aria-expanded="false"]:not([aria-haspopup])')).toHaveLength(1);
  void act(() => button(/^list/).click());
  expect(root.textContent).toContain("1: 20");
});

test("a long JSON list shows a hundred items and offers the rest", () => {
  show(bundle({ "application/json": Array.from({ length: 500 }, (_, index) => index) }));
  expect(root.textContent).not.toContain("100: ");
  void act(() => button(/Show 400 more/).click());
  expect(root.textContent).toContain("499: 499");
});

test("JSON is looked through: what holds it is open, the rest is left out", () => {
  show(bundle({ "application/json": { moons: [{ name: "Metis" }, { name: "Io" }], planet: "Jupiter" } }));
  void act(() => button(/Find in output/).click());
  const field = root.querySelector<HTMLInputElement>("search input");
  void act(() => {
    field!.value = "metis";
    void field!.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(root.querySelector("search > span")?.textContent).toBe("1 found");
  expect(root.querySelector("mark")?.textContent).toBe("Metis");
  expect(root.textContent).not.toContain("Jupiter");
});

test("a long text in JSON is shown by its beginning", () => {
  show(bundle({ "application/json": "y".repeat(50_000) }));
  expect(root.textContent.length).toBeLessThan(3_000);
  void act(() => button(/Show all 50,002/).click());
  expect(root.textContent.length).toBeGreaterThan(50_000);
});
