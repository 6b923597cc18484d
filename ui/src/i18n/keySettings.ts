/** What the settings of keys say, in English. */
import { translated } from "./language";

export const keySettingsText = translated("keySettings", {
  title: "Keyboard",
  filter: "Filter by command or key",
  hint: "The keys of notebooks are listed while a notebook is open.",
  none: (query: string) => `No command matches “${query}”.`,
  noKeys: "none",
  own: "changed",
  change: (command: string) => `Change the keys of “${command}”`,
  reset: (command: string) => `Reset the keys of “${command}”`,
  resetAll: "Reset all keys",
  ask: (command: string) => `Keys for “${command}”`,
  press: "Press the keys: one, or two after each other.",
  pressed: "Pressed keys",
  nothing: "nothing yet",
  taken: (commands: string) => `This is what ${commands} has now. Take it from there?`,
  use: "Use these keys",
  take: "Take them",
  clear: "No keys",
  cancel: "Cancel",
});
