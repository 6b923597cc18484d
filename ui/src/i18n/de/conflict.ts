import type { conflictText } from "../conflict";
import type { Translation } from "../language";
import { plural } from "../plural";
import { fileSize } from "../size";

export const conflict: Translation<typeof conflictText> = {
  title: (name) => `${name}: Ihre Fassung und die Datei`,
  loading: "Wird geladen …",
  mine: "Ihre Fassung, wie sie geschrieben würde",
  theirs: "Was die Datei jetzt enthält",
  both: "Beide Texte nebeneinander",
  explained: "Noch ist nichts geschrieben. Zeilen, die verschieden sind, stehen nebeneinander.",
  cannotBeTaken: "Die Datei lässt sich jetzt nicht als Notebook zeigen:",
  sameLines: (count) => plural(count, "Zeile, die beide haben", "Zeilen, die beide haben"),
  cut: "Es ist noch mehr verschieden: Das ist der Anfang.",
  noText: "Die Datei ist kein Text in UTF-8: Was sich nicht lesen lässt, steht als � da.",
  tooLarge: (bytes) => `Die Datei ist zu groß für einen Vergleich: ${fileSize(bytes)}.`,
  unreadable: "Die Datei lässt sich nicht lesen:",
  take: "Die der Datei nehmen",
  showAsText: "Die Datei als Text zeigen",
  saveAs: "Meine speichern unter …",
  close: "Später entscheiden",
  theirsKept: (copy) => `Was die Datei enthielt, ist in ${copy}.`,
  theirsNotKept: (reason) =>
    `Die Datei wurde nicht ersetzt, weil sich von ihrem Inhalt keine Kopie aufheben ließ: ${reason} Speichern Sie Ihre Fassung unter einem anderen Namen.`,
};
