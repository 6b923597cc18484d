/** Where the page begins: the styles, the theme and the language, then everything that holds a sentence. */
import "./design/tokens.css";
import "./design/contrast.css";
import "./design/reset.css";
import "./design/paper.css";
import { contrastQuery, parseDensity, parseTheme, showDensity, showTheme } from "./design/theme";
import { parseChoice, speak, wantedLanguage } from "./i18n/language";
import { type Beginning, beginning } from "./shell/beginning";
import { hearWindow } from "./shell/door";
import { localStore } from "./workspace/settings/storage";

async function start(): Promise<void> {
  hearWindow(window);
  const asked = new URL(location.href).searchParams;
  const begun = asked.has("export") ? null : beginning(location.href); // the server begins to answer meanwhile
  const storage = begun?.storage ?? localStore();
  const root = document.documentElement;
  showTheme(root, parseTheme(storage.read("theme")), contrastQuery(window).matches);
  showDensity(root, parseDensity(storage.read("density")));
  const language = wantedLanguage(parseChoice(storage.read("language")), navigator.languages);
  root.lang = language;
  if (language === "de") {
    const { de, inGerman } = await import("./i18n/de");
    speak(language, de, inGerman);
  }
  if (begun === null) await (await import("./notebook/export/exportPage")).showExport(asked, document);
  else await show(begun);
}

async function show(begun: Beginning): Promise<void> {
  const { main } = await import("./main");
  const root = document.getElementById("root");
  if (root) await main(root, begun);
}

void start();
