import type { findText } from "../find";
import { formatNumber } from "../formats";
import type { Translation } from "../language";
import { plural } from "../plural";

export const find: Translation<typeof findText> = {
  commands: {
    find: "Im Notebook suchen …",
    replace: "Suchen und ersetzen …",
    next: "Zum nächsten Treffer",
    previous: "Zum vorigen Treffer",
  },
  label: "Suchen und ersetzen",
  find: "Suchen",
  replaceBy: "Ersetzen durch",
  count: (at, count, isAll) => `${at === 0 ? "–" : formatNumber(at)} von ${formatNumber(count)}${isAll ? "" : "+"}`,
  none: "Keine Treffer",
  looking: (done, total) => `Wird gesucht … ${Math.floor((100 * done) / total)} %`,
  tooLong: "Das dauert zu lange: einfacher fassen",
  cancelled: "Abgebrochen",
  cancel: "Abbrechen",
  wrong: (reason) => `Kein regulärer Ausdruck: ${reason}`,
  matchCase: "Groß- und Kleinschreibung",
  wholeWord: "Ganze Wörter",
  regex: "Regulärer Ausdruck",
  outputs: "Auch in Ausgaben",
  outputsMark: "Ausgaben",
  selection: "Nur in den ausgewählten Zellen",
  selectionMark: "ausgewählten",
  next: "Nächster Treffer",
  previous: "Voriger Treffer",
  close: "Schließen",
  showReplace: "Das Feld zum Ersetzen zeigen",
  replace: "Ersetzen",
  replaceAll: "Alle ersetzen",
  replaced: (places, cells) =>
    places === 0
      ? "Im Text der Zellen gab es nichts zu ersetzen."
      : `${plural(places, "Stelle", "Stellen")} in ${plural(cells, "Zelle", "Zellen")} ersetzt.`,
  undo: "Rückgängig",
};
