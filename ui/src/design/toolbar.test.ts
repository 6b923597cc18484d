import { beforeEach, expect, test, vi } from "vitest";
import { rove } from "./toolbar";

let bar: HTMLElement;
const stops = () => [...bar.querySelectorAll("button")].map((button) => button.tabIndex);
const press = (key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  document.activeElement?.dispatchEvent(event);
  return event.defaultPrevented;
};
const name = () => document.activeElement?.textContent;

beforeEach(() => {
  bar = document.createElement("div");
  bar.innerHTML = "<button>a</button><button disabled>b</button><button>c</button><button>d</button>";
  document.body.append(bar);
});

test("one button is the tab stop: the first, and then that which had the focus last", () => {
  rove(bar, "horizontal");
  expect(stops()[0]).toBe(0);
  expect(stops().filter((stop, at) => at !== 1 && stop === 0)).toHaveLength(1);
  bar.querySelectorAll("button")[3]!.focus();
  expect([stops()[0], stops()[3]]).toEqual([-1, 0]);
});

test("arrows go round and pass over what is off, Home and End go to the ends", () => {
  rove(bar, "horizontal");
  bar.querySelector("button")!.focus();
  const seen = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"].map((key) => {
    expect(press(key)).toBe(true);
    return name();
  });
  expect(seen).toEqual(["c", "d", "a", "d", "a", "d"]);
});

test("other keys are not its own", () => {
  rove(bar, "vertical");
  bar.querySelector("button")!.focus();
  expect([press("ArrowRight"), press("ArrowDown", { ctrlKey: true }), press("x")]).toEqual([false, false, false]);
  expect(press("ArrowDown")).toBe(true);
});

test("when the stop goes, another one is it", async () => {
  rove(bar, "horizontal");
  bar.querySelector("button")!.remove();
  await vi.waitFor(() => expect(stops()).toEqual([0, 0, -1])); // the disabled one counts for nobody
});
