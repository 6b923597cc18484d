import type { keySettingsText } from "../keySettings";
import type { Translation } from "../language";

export const keySettings: Translation<typeof keySettingsText> = {
  title: "Tastatur",
  filter: "Nach Befehl oder Taste filtern",
  hint: "Die Tasten von Notebooks stehen hier, solange ein Notebook offen ist.",
  none: (query) => `Kein Befehl passt zu „${query}“.`,
  noKeys: "keine",
  own: "geändert",
  change: (command) => `Die Tasten von „${command}“ ändern`,
  reset: (command) => `Die Tasten von „${command}“ zurücksetzen`,
  resetAll: "Alle Tasten zurücksetzen",
  ask: (command) => `Tasten für „${command}“`,
  press: "Die Tasten drücken: eine, oder zwei nacheinander.",
  pressed: "Gedrückte Tasten",
  nothing: "noch nichts",
  taken: (commands) => `Das hat jetzt ${commands}. Von dort nehmen?`,
  use: "Diese Tasten benutzen",
  take: "Nehmen",
  clear: "Keine Tasten",
  cancel: "Abbrechen",
};
