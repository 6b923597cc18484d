import { formatNumber } from "../formats";
import type { Translation } from "../language";
import type { manyOutputsText } from "../manyOutputs";

export const manyOutputs: Translation<typeof manyOutputsText> = {
  left: (count) => `${formatNumber(count)} weitere Ausgaben`,
  next: "Nächste zeigen",
  all: "Alle zeigen",
  show: (count) => `${formatNumber(count)} weitere Ausgaben zeigen`,
};
