/** Where the page begins: the styles, then the language, then everything that holds a sentence. */
import "./design/tokens.css";
import "./design/reset.css";
import "./design/paper.css";
import { parseChoice, speak, wantedLanguage } from "./i18n/language";
import { localStore } from "./workspace/settings/storage";

async function start(): Promise<void> {
  const language = wantedLanguage(parseChoice(localStore().read("language")), navigator.languages);
  document.documentElement.lang = language;
  if (language === "de") speak(language, (await import("./i18n/de")).de);
  await import("./main");
}

void start();
