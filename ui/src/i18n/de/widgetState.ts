import type { Translation } from "../language";
import { plural } from "../plural";
import type { widgetStateText } from "../widgetState";

export const widgetState: Translation<typeof widgetStateText> = {
  saved: (n, size) =>
    `Der Zustand von ${plural(n, "Widget-Modell", "Widget-Modellen")} steht jetzt im Notebook: ${size}.`,
  cleared: "Der gespeicherte Zustand der Widgets wurde aus dem Notebook genommen.",
  none: "Keine Ausgabe dieses Notebooks ist ein Widget.",
  gone: "Die Widgets dieses Notebooks gibt es nicht mehr: Führen Sie erst ihre Zellen aus.",
  notThere:
    "Was die Widgets enthalten, ist noch nicht bekannt. Versuchen Sie es wieder, wenn das Notebook verbunden ist.",
  noneSaved: "In diesem Notebook ist kein Zustand von Widgets gespeichert.",
};
