import { render } from "preact";
import { expect, test } from "vitest";
import { Icon, isIconName } from "./Icon";

const NAMES =
  "run stop restart plus trash up down more files search git running settings close menu chevron-right chevron-down " +
  "save code markdown kernel check warning error folder notebook file duplicate";

test.each(NAMES.split(" "))("there is an icon %s", (name) => {
  const root = document.createElement("div");
  render(<Icon name={name} />, root);
  expect(root.querySelector("path")?.getAttribute("d")).toMatch(/^M/);
});

test("a name that is not known draws nothing", () => {
  const root = document.createElement("div");
  render(<Icon name="constructor" />, root);
  expect(root.querySelector("path")).toBeNull();
  expect(isIconName("toString")).toBe(false);
});
