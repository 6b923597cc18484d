import { afterEach, expect, test } from "vitest";
import { languageInForce, parseChoice, speak, translated, wantedLanguage } from "./language";

afterEach(() => speak("en", {}));

test("the system's first language that is spoken here is taken, and English where there is none", () => {
  expect(wantedLanguage("system", ["de-CH", "en"])).toBe("de");
  expect(wantedLanguage("system", ["fr-FR", "de", "en"])).toBe("de");
  expect(wantedLanguage("system", ["en-GB", "de"])).toBe("en");
  expect(wantedLanguage("system", ["fr"])).toBe("en");
});

test("what the user has chosen comes before the system", () => {
  expect(wantedLanguage("en", ["de"])).toBe("en");
  expect(wantedLanguage("de", ["en"])).toBe("de");
});

test("a choice that makes no sense is the system's", () => {
  expect([parseChoice("de"), parseChoice("klingon"), parseChoice(null)]).toEqual(["de", "system", "system"]);
});

test("sentences are those of the language in force", () => {
  const english = { hello: "hello", files: (n: number) => `${n} files` };
  expect(translated("test", english).hello).toBe("hello");
  speak("de", { test: { hello: "hallo", files: (n: number) => `${n} Dateien` } });
  expect(languageInForce()).toBe("de");
  expect([translated("test", english).hello, translated("test", english).files(2)]).toEqual(["hallo", "2 Dateien"]);
});
