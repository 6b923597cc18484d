/** What is said where a cell has more outputs than are shown, in English. */
import { formatNumber } from "./formats";
import { translated } from "./language";

export const manyOutputsText = translated("manyOutputs", {
  left: (count: number) => `${formatNumber(count)} outputs more`,
  next: "Show next",
  all: "Show all",
  show: (count: number) => `Show ${formatNumber(count)} more outputs`,
});
