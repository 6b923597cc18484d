/** Counting in English sentences. */

/** `plural(1, "cell")` is “1 cell”, `plural(3, "cell")` is “3 cells”. */
export function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
