import type { Translation } from "../language";
import type { reportText } from "../report";

export const report: Translation<typeof reportText> = {
  title: "Ein Problem melden",
  intro:
    "Nichts wird irgendwohin gesendet. Kopieren Sie, was Sie weitergeben möchten, sehen Sie es durch und fügen Sie es dort ein, wo Sie das Problem melden.",
  versions: "Versionen",
  log: "Letzte Einträge des Protokolls",
  page: "Fehler auf dieser Seite",
  noEntries: "Das Protokoll ist leer.",
  loading: "Das Protokoll wird gelesen …",
  failed: (message) => `Das Protokoll konnte nicht gelesen werden: ${message}`,
  copyVersions: "Versionen kopieren",
  copyLog: "Protokoll kopieren",
  openFolder: "Ordner des Protokolls öffnen",
  close: "Schließen",
  copied: "Kopiert.",
  notCopied: "Die Zwischenablage ist hier nicht verfügbar: Markieren Sie den Text und kopieren Sie ihn.",
  webView: "Webansicht",
  kernels: "Kernel",
  noKernel: "keiner",
  inWindow: "Fenster von Adrastea",
  inBrowser: "Browser",
  shownIn: "Angezeigt in",
  somethingWrong: "Etwas ist schiefgegangen.",
  crashed: "Adrastea ist beim letzten Mal abgestürzt. Das Protokoll sagt mehr.",
  report: "Melden …",
};
