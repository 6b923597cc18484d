import { expect, test } from "vitest";
import { isComposing } from "./composing";

const key = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent("keydown", { key: "Enter", ...init });

test("a key while characters are being put together is the input method's", () => {
  expect(isComposing(key({ isComposing: true }))).toBe(true);
  expect(isComposing(key({}))).toBe(false);
});

test("so is the one that ends it, which WebKit marks by its code alone", () => {
  const enter = key({});
  Object.defineProperty(enter, "keyCode", { value: 229 });
  expect(isComposing(enter)).toBe(true);
});
