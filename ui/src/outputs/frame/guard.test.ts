// @vitest-environment jsdom
// happy-dom tries to load the frame.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameGuard } from "./guard";

let field: HTMLInputElement;
let frame: HTMLIFrameElement;
let guard: FrameGuard;

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  field = document.createElement("input");
  frame = document.createElement("iframe");
  frame.tabIndex = 0;
  document.body.append(field, frame);
  guard = new FrameGuard(frame);
  field.focus();
});

afterEach(() => guard.close());

/** As a browser tells it when a script in the frame takes the focus. */
function focusIsIn(): void {
  vi.spyOn(document, "activeElement", "get").mockReturnValue(frame);
  window.dispatchEvent(new Event("blur"));
  vi.mocked(vi.spyOn(document, "activeElement", "get")).mockRestore();
}

test("a script that takes the focus loses it again to where it was", () => {
  const back = vi.spyOn(field, "focus");
  focusIsIn();
  expect(back).toHaveBeenCalledOnce();
});

test("the user may click into the frame, or come in by Tab", () => {
  const back = vi.spyOn(field, "focus");
  frame.dispatchEvent(new Event("pointerenter"));
  focusIsIn();
  expect(guard.isUsers).toBe(true);
  frame.dispatchEvent(new Event("pointerleave"));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true }));
  focusIsIn();
  expect(back).not.toHaveBeenCalled();
});

test("where no pointer hovers the focus is let go", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  const back = vi.spyOn(field, "focus");
  focusIsIn();
  expect(back).not.toHaveBeenCalled();
});

test("a window that is left for another program changes nothing", () => {
  const back = vi.spyOn(field, "focus");
  window.dispatchEvent(new Event("blur"));
  expect(back).not.toHaveBeenCalled();
});
