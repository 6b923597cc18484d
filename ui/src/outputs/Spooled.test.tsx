// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Spooled } from "./Spooled";
import { type LeftOut } from "./spool";

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

function show(left: LeftOut): void {
  void act(() => render(<Spooled left={left} />, root));
}

test("what is kept can be read and saved", () => {
  show({ characters: 1_500_000, id: "0123456789abcdef", whole: true });
  expect(root.textContent).toContain("1,500,000 characters are left out here.");
  expect(root.querySelector("button")?.textContent).toBe("Show all");
  expect(root.querySelector("a")?.getAttribute("href")).toMatch(/api\/adrastea\/spool\/0123456789abcdef\?download=1$/);
});

test("that the end is kept nowhere is said", () => {
  show({ characters: 1_500_000, id: "0123456789abcdef", whole: false });
  expect(root.textContent).toContain("the end of them is kept nowhere");
  expect(root.querySelector("button")).not.toBeNull();
});

test("where nothing is kept nothing is offered", () => {
  show({ characters: 1, id: null, whole: false });
  expect(root.textContent).toBe("1 character is left out, and kept nowhere.");
});
