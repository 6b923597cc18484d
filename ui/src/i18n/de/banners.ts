import type { bannersText } from "../banners";
import type { Translation } from "../language";
import { plural } from "../plural";

export const banners: Translation<typeof bannersText> = {
  died: "Der Kernel ist abgebrochen.",
  diedMore: "Ausgaben bleiben, Variablen sind verloren.",
  queueCleared: "Zellen, die darauf gewartet haben, wurden nicht ausgeführt.",
  restart: "Neu starten",
  restartHere: "Neu starten und bis hier ausführen",
  log: "Sein Protokoll zeigen",
  choose: "Anderen Kernel wählen",
  retry: "Noch einmal versuchen",
  changed:
    "Diese Datei wurde auf der Festplatte geändert, seit sie geöffnet wurde, und lässt sich nicht mit dem zusammenführen, was hier steht.",
  combined: (taken, undecided) =>
    [
      "Ein anderes Programm hat diese Datei geändert.",
      taken === 0
        ? "Ihre Änderungen und die der Datei wurden zusammengeführt."
        : `${plural(taken, "Zelle kam", "Zellen kamen")} von dort; Ihre Änderungen bleiben.`,
      undecided > 0 &&
        `Bitte sehen Sie nach ${plural(undecided, "Zelle, die beide geändert hatten", "Zellen, die beide geändert hatten")}: Die Zeichen sagen, wo.`,
    ]
      .filter(Boolean)
      .join(" "),
  versionShown: {
    mine: "Das ist Ihre Fassung, wie sie war, bevor die Datei geändert wurde.",
    disk: "Das ist die Fassung, die in der Datei stand. Ihre wird aufgehoben, bis Sie sich entscheiden.",
  },
  showVersion: {
    merged: "Beide zusammen zeigen",
    mine: "Meine zeigen",
    disk: "Die der Datei zeigen",
  },
  reload: "Neu laden",
  keep: "Meine behalten",
  compare: "Vergleichen",
  notSaved: "Das Notebook konnte nicht gespeichert werden.",
  notSavedMore: "Nichts ist verloren: Der Server hebt es auf, solange das Notebook offen ist.",
  restored: (until) =>
    `Das Programm endete, bevor dieses Notebook gespeichert war. Alles, was bis ${until} getan wurde, ist wieder da.`,
  showSaved: "Die gespeicherte Fassung zeigen",
  savedShown:
    "Das ist die gespeicherte Fassung. Was wiederhergestellt wurde, wird aufgehoben, bis Sie sich entscheiden.",
  showRestored: "Das Wiederhergestellte zeigen",
  keepShown: "Das hier behalten",
  readOnly: "Diese Datei ist schreibgeschützt: Änderungen lassen sich hier nicht speichern.",
  dismiss: "Ausblenden",
  offline:
    "Keine Verbindung zum Server. Sie können weiterschreiben. Ist sie wieder da, wird alles gesendet, und Zellen lassen sich wieder ausführen.",
  retryNow: "Jetzt versuchen",
  seconds: (seconds) => `Nächster Versuch in ${Math.ceil(seconds)} s.`,
};
