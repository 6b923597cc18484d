import { afterEach, expect, test } from "vitest";
import { formatList, formatMoment, formatNumber, formatTime, localeOf } from "./formats";
import { speak } from "./language";
import { plural } from "./plural";
import { fileSize } from "./size";

afterEach(() => speak("en", {}));
const AT = new Date(2026, 10, 26, 14, 2, 9);

test("English", () => {
  expect([formatNumber(1234), formatNumber(0.25, 1), formatTime(AT)]).toEqual(["1,234", "0.3", "14:02"]);
  expect(formatList(["a", "b", "c"])).toBe("a, b, and c");
  expect(plural(1234, "cell")).toBe("1,234 cells");
});

test("German", () => {
  speak("de", {});
  expect([formatNumber(1234), formatNumber(0.25, 1), formatTime(AT)]).toEqual(["1.234", "0,3", "14:02"]);
  expect(formatList(["a", "b", "c"])).toBe("a, b und c");
  expect(formatMoment(AT)).toBe("26.11.2026, 14:02");
  expect(plural(1, "Zelle", "Zellen")).toBe("1 Zelle");
  expect(fileSize(3_400_000)).toBe("3,4 MB");
});

test("the region is that which the system names for the language", () => {
  expect(localeOf("en", ["de-DE", "en-GB", "en-US"])).toBe("en-GB");
  expect(localeOf("de", ["en-US"])).toBe("de");
});
