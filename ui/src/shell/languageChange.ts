/** Another language for the page: the choice is kept, and the page is loaded anew where that is another than now. */
import { languageInForce, LANGUAGE_CHOICES, type LanguageChoice, wantedLanguage } from "../i18n/language";
import type { Preferences } from "../workspace/settings/preferences";

/** Keeps the choice. Who has unsaved text is asked by the page before it is loaded anew, as by any reload. */
export function chooseLanguage(preferences: Preferences, choice: LanguageChoice, page: Window): void {
  preferences.setLanguage(choice);
  if (wantedLanguage(choice, page.navigator.languages) !== languageInForce()) page.location.reload();
}

/** The language after that of the page. */
export function otherLanguage(): LanguageChoice {
  const languages = LANGUAGE_CHOICES.filter((choice) => choice !== "system");
  return languages[(languages.indexOf(languageInForce()) + 1) % languages.length] ?? "system";
}
