import { describe, expect, test, vi } from "vitest";
import { nextEnabled, placeMenu } from "./menuFocus";

const ITEMS = [
  { label: "Save" },
  "separator",
  { label: "Close", disabled: true },
  { label: "Cut" },
  { label: "Copy" },
] as const;

describe("the next item", () => {
  test("passes separators over", () => expect(nextEnabled(ITEMS, 0, 1)).toBe(2));
  test("goes round at both ends", () => {
    expect(nextEnabled(ITEMS, 4, 1)).toBe(0);
    expect(nextEnabled(ITEMS, 0, -1)).toBe(4);
  });
  test("begins at either end", () => {
    expect(nextEnabled(ITEMS, -1, 1)).toBe(0);
    expect(nextEnabled(ITEMS, ITEMS.length, -1)).toBe(4);
  });
  test("by letter is the next one that begins with it and can be chosen", () => {
    expect(nextEnabled(ITEMS, 0, 1, "c")).toBe(3);
    expect(nextEnabled(ITEMS, 3, 1, "C")).toBe(4);
    expect(nextEnabled(ITEMS, 0, 1, "x")).toBe(-1);
  });
  test("of an empty menu is none", () => expect(nextEnabled([], -1, 1)).toBe(-1));
});

describe("a menu", () => {
  const box = (rect: Partial<DOMRect>, size: { readonly width: number; readonly height: number }): HTMLElement => {
    const element = document.createElement("div");
    element.getBoundingClientRect = () => ({ left: 0, top: 0, bottom: 0, ...size, ...rect }) as DOMRect;
    Object.defineProperties(element, { offsetWidth: { value: size.width }, offsetHeight: { value: size.height } });
    return element;
  };
  const placed = (height: number, top: number): string => {
    const page = vi.spyOn(document.body, "getBoundingClientRect");
    page.mockReturnValue({ width: 1_000, height: 800 } as DOMRect);
    const menu = box({}, { width: 200, height });
    placeMenu(menu, box({ top, bottom: top + 24 }, { width: 24, height: 24 }));
    page.mockRestore();
    return menu.style.insetBlockStart;
  };

  test("stands under its anchor, or above it where there is no room", () => {
    expect(placed(300, 100)).toBe("126px");
    expect(placed(300, 700)).toBe("398px");
  });
  test("that is longer than the room below its anchor ends where the window ends", () => {
    expect(placed(700, 200)).toBe("96px");
  });
});
