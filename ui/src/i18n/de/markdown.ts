import type { Translation } from "../language";
import type { markdownText } from "../markdown";

export const markdown: Translation<typeof markdownText> = {
  done: "erledigt",
  notDone: "nicht erledigt",
  formulaTooLong: "Diese Formel ist zu lang, um gesetzt zu werden.",
};
