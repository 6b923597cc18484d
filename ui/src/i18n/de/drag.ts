import type { dragText } from "../drag";
import type { Translation } from "../language";
import { plural } from "../plural";

export const drag: Translation<typeof dragText> = {
  cells: (count) => plural(count, "Zelle", "Zellen"),
  command: "Zellen verschieben nach …",
  title: (count) => `${plural(count, "Zelle", "Zellen")} verschieben`,
  after: "Hinter die Zelle mit der Nummer",
  beginning: "An den Anfang",
  end: (last) => `0 ist der Anfang, ${last} das Ende.`,
  move: "Verschieben",
  cancel: "Abbrechen",
};
