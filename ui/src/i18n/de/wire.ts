import { foreign } from "../foreign";
import type { Translation } from "../language";
import type { wireText } from "../wire";

export const wire: Translation<typeof wireText> = {
  fileUnreadable: "Die Datei kann nicht gelesen werden.",
  imageNotDrawn: "Das Bild kann nicht gezeichnet werden.",
  noAnswer: "Der Server antwortet nicht.",
  senseless: (reason) => `Die Antwort des Servers ergibt keinen Sinn: ${foreign(reason)}.`,
  answered: (status) => `Der Server hat mit ${status} geantwortet.`,
};
