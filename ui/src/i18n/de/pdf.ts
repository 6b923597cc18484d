import type { Translation } from "../language";
import type { pdfText } from "../pdf";

export const pdf: Translation<typeof pdfText> = {
  title: (cell) => `PDF in der Ausgabe von ${cell}`,
  about: (size) => `PDF, ${size}`,
  taller: "Höher",
  lower: "Niedriger",
  damaged: "Dieses PDF kann nicht gezeigt werden: Seine Daten sind beschädigt.",
  none: "Diese Ausgabe gibt sich als PDF aus und ist keines.",
  noViewer: (size) =>
    `PDF, ${size}. Hier gibt es nichts, das PDF zeigt: Speichern Sie es, und öffnen Sie es mit einem Programm von Ihnen.`,
  noneInFile: (size) => `Diese Datei heißt wie ein PDF und ist keines (${size}).`,
  noViewerOfFile: (size) => `PDF, ${size}. Hier gibt es nichts, das PDF zeigt.`,
  openInSystem: "Mit dem Programm des Systems öffnen",
  notOpened: "Das System hat nichts dafür geöffnet.",
};
