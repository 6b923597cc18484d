import type { historyText } from "../history";
import type { Translation } from "../language";
import { plural } from "../plural";
import { fileSize } from "../size";

export const history: Translation<typeof historyText> = {
  close: "Schließen",
  loading: "Wird geladen …",
  views: "Was gezeigt wird",
  preview: "Vorschau",
  moreCells: (count) => `${plural(count, "weitere Zelle", "weitere Zellen")} zeigen`,
  kinds: { added: "Seitdem dazugekommen", removed: "Seitdem entfernt", changed: "Seitdem geändert" },

  versions: {
    command: "Versionen …",
    title: (name) => `Versionen von ${name}`,
    list: "Versionen",
    changes: "Was sich seitdem geändert hat",
    preview: "Die Version, wie sie war",
    nothing: "Am Text hat sich seitdem nichts geändert.",
    restore: "Diese Version wiederherstellen",
    none: "Noch keine Version: Bei jedem Speichern und jedem Ausführen aller Zellen wird eine aufgehoben.",
  },

  runs: {
    command: "Frühere Läufe dieser Zelle …",
    title: (place) => `Frühere Läufe der Zelle ${place}`,
    list: "Frühere Läufe",
    changes: "Was sich seitdem geändert hat",
    preview: "Der Lauf, wie er war",
    restoreSource: "Code wiederherstellen",
    restoreAll: "Code und Ausgaben wiederherstellen",
    none: "Noch ist kein Lauf dieser Zelle aufgehoben. Von jetzt an wird es jeder.",
    gone: "Diese Zelle gibt es nicht mehr.",
    partly: "Die Ausgaben waren zu groß, um sie ganz aufzuheben: Anfang und Ende sind da.",
    sameSource: "Der Code ist jetzt derselbe.",
    sameOutputs: "Die Ausgaben sind jetzt dieselben.",
    noOutputs: "Keine Ausgaben.",
    outputs: "Ausgaben",
    then: "Ausgaben damals",
    now: "Ausgaben jetzt",
    milliseconds: (count) => `${count} ms`,
    memory: (bytes) => `${fileSize(bytes)} Speicher`,
    statuses: {
      ok: "",
      error: "Fehler",
      interrupted: "Unterbrochen",
      aborted: "Abgebrochen",
      died: "Der Kernel ist abgestürzt",
      unknown: "Ende nicht bekannt",
    },
  },
};
