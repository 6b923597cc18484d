import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Menu } from "./Menu";

let root: HTMLElement;
let ran: string[];

beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
  ran = [];
  const item = (label: string, disabled = false) => ({ label, disabled, run: () => void ran.push(label) });
  const items = [
    item("One"),
    "separator" as const,
    { ...item("Two"), checked: true },
    { ...item("Later"), refusal: "Offline." },
    item("Off", true),
  ];
  void act(() => render(<Menu label="More" trigger="…" items={items} />, root));
});

afterEach(() => {
  void act(() => render(null, root));
  root.remove();
});

const trigger = () => root.querySelector<HTMLButtonElement>("[aria-haspopup=menu]")!;
const list = () => root.querySelector("[role=menu]");
const focused = () => document.activeElement?.textContent;

function press(key: string): void {
  void act(
    () =>
      void document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
      ),
  );
}

function open(): void {
  trigger().focus();
  void act(() => trigger().click());
}

test("it is closed, named, and says so", () => {
  expect([list(), trigger().getAttribute("aria-label"), trigger().getAttribute("aria-expanded")]).toEqual([
    null,
    "More",
    "false",
  ]);
});

test("opening puts the focus on the first item; arrows go on from there", () => {
  open();
  expect([focused(), trigger().getAttribute("aria-expanded")]).toEqual(["One", "true"]);
  press("ArrowDown");
  expect(focused()).toBe("Two");
  press("End");
  expect(focused()).toBe("Off");
  press("ArrowDown");
  expect(focused()).toBe("One");
});

test("Arrow up opens it at its end", () => {
  trigger().focus();
  press("ArrowUp");
  expect(focused()).toBe("Off");
});

test("Escape closes it and gives the focus back", () => {
  open();
  press("Escape");
  expect([list(), document.activeElement]).toEqual([null, trigger()]);
});

test("an item runs once and closes the menu; one that is off does neither", () => {
  open();
  const items = () => root.querySelectorAll<HTMLButtonElement>("[role^=menuitem]");
  void act(() => items()[3]!.click());
  expect([ran, list() === null]).toEqual([[], false]);
  void act(() => items()[0]!.click());
  expect([ran, list()]).toEqual([["One"], null]);
});

test("a press elsewhere closes it", () => {
  open();
  void act(() => void document.body.dispatchEvent(new Event("pointerdown", { bubbles: true })));
  expect(list()).toBeNull();
});

test("what is checked says so", () => {
  open();
  expect(root.querySelector("[role=menuitemcheckbox]")?.getAttribute("aria-checked")).toBe("true");
});

test("an item that can do nothing now says why, and the menu stays", () => {
  open();
  const later = root.querySelector<HTMLElement>("[title='Offline.']")!;
  expect([later.getAttribute("aria-disabled"), later.textContent]).toEqual(["true", "Later"]);
  void act(() => later.click());
  expect([ran, list() === null]).toEqual([["Later"], false]);
});
