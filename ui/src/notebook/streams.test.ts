import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { join } from "./streams";

interface Vector {
  readonly name: string;
  readonly previous: string;
  readonly new: string;
  readonly after: string;
  readonly limit?: number;
  readonly keep?: number;
}

const FILE = new URL("../../../tests/vectors/streams/join.json", import.meta.url);
const vectors = JSON.parse(readFileSync(FILE, "utf8")) as Vector[];

test.each(vectors)("$name", ({ previous, new: added, after, limit, keep }) => {
  expect(join(previous, added, limit, keep)).toBe(after);
});

test("how output was cut into chunks never shows", () => {
  const text = "ab\rX\b\bYZ\n100 %\r50\b\b\b7\nüñ😀\r😀x\r\n\b\bend\r";
  const whole = join("", text, 40, 10);
  for (let at = 0; at <= text.length; at += 1) {
    if (/[\udc00-\udfff]/.test(text[at] ?? "")) continue; // a chunk holds whole characters
    expect(join(join("", text.slice(0, at), 40, 10), text.slice(at), 40, 10)).toBe(whole);
  }
});

test("a text of many megabytes is cut to its beginning and its end", () => {
  const text = join("", `${"a".repeat(2_400_000)}\n${"b".repeat(2_400_000)}`);
  expect(text.length).toBeLessThan(610_000);
  expect(text.includes("\n[… 4400000 characters left out …]\n")).toBe(true);
  expect(text.startsWith("aaa")).toBe(true);
  expect(text.endsWith("bbb")).toBe(true);
});
