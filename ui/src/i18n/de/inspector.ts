import type { inspectorText } from "../inspector";
import type { Translation } from "../language";

export const inspector: Translation<typeof inspectorText> = {
  label: "Inspektor",
  pages: "Seiten",
  titles: { outline: "Gliederung", help: "Hilfe", cell: "Zelle" },
  close: "Den Inspektor schließen",
  resize: "Breite des Inspektors",
  toggle: "Den Inspektor zeigen oder verbergen",
};
