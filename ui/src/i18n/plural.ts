/** Counting in sentences. */
import { formatNumber, isOne } from "./formats";

/** `plural(1, "cell")` is “1 cell”, `plural(3, "cell")` is “3 cells”; a word that does not take an s is given. */
export function plural(count: number, one: string, other = `${one}s`): string {
  return `${formatNumber(count)} ${isOne(count) ? one : other}`;
}
