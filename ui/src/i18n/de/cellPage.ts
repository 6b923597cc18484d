import type { cellPageText } from "../cellPage";
import type { Translation } from "../language";

export const cellPage: Translation<typeof cellPageText> = {
  command: "Schlagwörter und Metadaten bearbeiten",
  none: "Keine Zelle ist ausgewählt.",
  about: (place, kind) => `${kind} ${place}`,
  tags: "Schlagwörter",
  noTags: "Noch keine Schlagwörter.",
  addTag: "Schlagwort hinzufügen",
  addTagHint: "Eingabe fügt es hinzu",
  removeTag: (tag) => `Schlagwort ${tag} entfernen`,
  attachments: "Anhänge",
  removeAttachment: (name) => `${name} entfernen`,
  unused: "im Text nicht benutzt",
  cellMetadata: "Metadaten der Zelle",
  notebookMetadata: "Metadaten des Notebooks",
  apply: "Anwenden",
  revert: "Zurücksetzen",
  notObject: "Metadaten sind ein Objekt: { … }",
  wrong: (line, column) => `Das ist ab Zeile ${line}, Spalte ${column} kein JSON.`,
};
