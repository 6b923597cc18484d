import { expect, test } from "vitest";
import { isAccelerator, isCharacter, type KeyPress, parseKeys, showKeys, strokesOf } from "./keys";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

test("spellings of one key are one stroke", () => {
  expect(parseKeys("shift+mod+p")).toEqual(parseKeys("Mod+Shift+P"));
  expect(parseKeys("Esc")).toEqual(["Escape"]);
  expect(parseKeys("ArrowUp")).toEqual(["Up"]);
  expect(parseKeys("Accel+Plus")).toEqual(["Mod++"]);
  expect(parseKeys("Mod++")).toEqual(["Mod++"]);
});

test("a chord is two strokes", () => {
  expect(parseKeys("D D")).toEqual(["D", "D"]);
});

test("Mod is Ctrl, and Cmd on macOS", () => {
  expect(strokesOf(press("p", { ctrlKey: true, shiftKey: true }), false)).toContain("Mod+Shift+P");
  expect(strokesOf(press("p", { metaKey: true, shiftKey: true }), true)).toContain("Mod+Shift+P");
  expect(strokesOf(press("p", { ctrlKey: true }), true)).toEqual(["Ctrl+P"]);
});

test("a lone modifier and a key of the desktop mean nothing", () => {
  expect(strokesOf(press("Shift", { shiftKey: true }), false)).toEqual([]);
  expect(strokesOf(press("l", { metaKey: true }), false)).toEqual([]);
});

test("a key whose character Shift changes is found by its place", () => {
  const minus = press("_", { code: "Minus", ctrlKey: true, shiftKey: true });
  expect(strokesOf(minus, false)).toContain("Mod+Shift+-");
  const bracket = press("}", { code: "BracketRight", ctrlKey: true, shiftKey: true });
  expect(strokesOf(bracket, false)).toContain("Mod+Shift+]");
});

test("a character that needs Shift is found by what it is", () => {
  expect(strokesOf(press("+", { code: "Equal", ctrlKey: true, shiftKey: true }), false)).toContain("Mod++");
  expect(strokesOf(press("1", { code: "Digit1", shiftKey: true }), false)).toContain("1");
});

test("letters of another alphabet act by their place", () => {
  expect(strokesOf(press("ф", { code: "KeyA" }), false)).toContain("A");
  expect(strokesOf(press("з", { code: "KeyP", ctrlKey: true, shiftKey: true }), false)).toContain("Mod+Shift+P");
});

test("a Latin letter acts by what it is, not by its place", () => {
  expect(strokesOf(press("a", { code: "KeyQ" }), false)).toEqual(["A"]);
});

test("characters and accelerators are told apart", () => {
  expect(["A", "Shift+A", "Space", "0"].every(isCharacter)).toBe(true);
  expect(["Enter", "Shift+Enter", "Mod+A", "F1", "Up"].some(isCharacter)).toBe(false);
  expect(["Mod+S", "Alt+Enter", "F1", "Shift+F6"].every(isAccelerator)).toBe(true);
  expect(["F", "Shift+Enter", "Escape"].some(isAccelerator)).toBe(false);
});

test("keys are shown as the system writes them", () => {
  expect(showKeys("Mod+Shift+P", false)).toBe("Ctrl+Shift+P");
  expect(showKeys("Mod+Shift+P", true)).toBe("⇧⌘P");
  expect(showKeys("D D", false)).toBe("D D");
  expect(showKeys("Mod+Shift+Up", false)).toBe("Ctrl+Shift+↑");
  expect(showKeys("Escape", false)).toBe("Esc");
  expect(showKeys("Mod++", false)).toBe("Ctrl++");
});
