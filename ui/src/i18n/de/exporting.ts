import type { exportingText } from "../exporting";
import type { Translation } from "../language";
import { plural } from "../plural";

export const exporting: Translation<typeof exportingText> = {
  commands: {
    html: "Als HTML exportieren …",
    script: "Als Skript exportieren …",
    markdown: "Als Markdown exportieren …",
    pdf: "Als PDF exportieren …",
  },
  title: (name) => `${name} wird exportiert`,
  cancel: "Abbrechen",
  writing: "Die Datei wird geschrieben …",
  progress: (done, all) => `${done} von ${plural(all, "Zelle", "Zellen")}`,
  failed: (message) => `Das Notebook konnte nicht exportiert werden: ${message}`,

  page: {
    cell: (place) => `Ausgabe von Zelle ${place}`,
    live: "Diese Ausgabe lebt im Notebook; hier steht, was für sie steht.",
    liveNothing: "Diese Ausgabe lebt im Notebook und hat keine Form, die stillsteht.",
    pdf: "PDF",
    image: "Bild",
    error: "Fehler",
  },
};
