import type { Translation } from "../language";
import type { unitsText } from "../units";

export const units: Translation<typeof unitsText> = {
  seconds: (value) => `${value} s`,
  minutes: (minutes, seconds) => `${minutes} min ${seconds} s`,
  hours: (hours, minutes) => `${hours} h ${minutes} min`,
  keys: {
    Mod: "Strg",
    Ctrl: "Strg",
    Alt: "Alt",
    Shift: "Umschalt",
    Enter: "Eingabe",
    Escape: "Esc",
    Space: "Leertaste",
    Tab: "Tab",
    Backspace: "Rücktaste",
    Delete: "Entf",
    Home: "Pos1",
    End: "Ende",
    PageUp: "Bild↑",
    PageDown: "Bild↓",
  },
  place: (place) => `${place}.`,
};
