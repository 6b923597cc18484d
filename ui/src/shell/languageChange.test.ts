import { expect, test, vi } from "vitest";
import { createPreferences } from "../workspace/settings/preferences";
import { createStorage } from "../workspace/settings/storage";
import { chooseLanguage, otherLanguage } from "./languageChange";

function page(languages: readonly string[]) {
  const reload = vi.fn();
  return { reload, window: { navigator: { languages }, location: { reload } } as unknown as Window };
}

test("the page is loaded anew where the language is another than now", () => {
  const preferences = createPreferences(createStorage(() => null));
  const { reload, window } = page(["en"]);
  chooseLanguage(preferences, "de", window);
  expect([preferences.language.value, reload.mock.calls.length]).toEqual(["de", 1]);
  chooseLanguage(preferences, "en", window); // it speaks English still: nothing was really loaded
  expect([preferences.language.value, reload.mock.calls.length]).toEqual(["en", 1]);
});

test("after English comes German", () => {
  expect(otherLanguage()).toBe("de");
});
