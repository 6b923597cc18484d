import type { outlineText } from "../outline";
import type { Translation } from "../language";
import { plural } from "../plural";

export const outline: Translation<typeof outlineText> = {
  category: "Gehe zu",
  view: "Ansicht",
  commands: {
    outline: "Die Gliederung zeigen oder verbergen",
    outlineCode: "Codezellen in der Gliederung zeigen oder ausblenden",
    fold: "Den Abschnitt einklappen",
    unfold: "Den Abschnitt ausklappen",
    foldAll: "Alle Abschnitte einklappen",
    unfoldAll: "Alle Abschnitte ausklappen",
    nextSection: "Zum nächsten Abschnitt",
    previousSection: "Zum vorigen Abschnitt",
    running: "Zur laufenden Zelle",
    lastError: "Zum letzten Fehler",
    insertHeadingAbove: "Überschrift darüber einfügen",
    insertHeadingBelow: "Überschrift darunter einfügen",
  },
  title: "Gliederung",
  none: "Es gibt keine Überschriften. Eine Zeile in einer Markdown-Zelle, die mit # beginnt, ist eine.",
  noneAtAll: "Es gibt keine Überschriften und keinen Code.",
  code: "Auch Codezellen",
  hidden: (count) => `${plural(count, "Zelle", "Zellen")} verborgen`,
  running: "läuft",
  error: "Fehler",
  cellRow: (place) => `Zelle ${place}`,
  lineRow: (line, place) => `Zeile ${line} von Zelle ${place}`,
};
