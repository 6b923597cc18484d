import type { helpText } from "../help";
import type { Translation } from "../language";

export const help: Translation<typeof helpText> = {
  label: "Dokumentation",
  follow: "Der Einfügemarke folgen",
  none: "Die Einfügemarke in einen Namen setzen: hier steht, was er ist. Umschalt+Tab zeigt es neben dem Code, noch einmal gedrückt bleibt es hier.",
};
