import type { Translation } from "../language";
import type { wireText } from "../wire";

export const wire: Translation<typeof wireText> = {
  noAnswer: "Der Server antwortet nicht.",
  senseless: (reason) => `Die Antwort des Servers ergibt keinen Sinn: ${reason}.`,
  answered: (status) => `Der Server hat mit ${status} geantwortet.`,
};
