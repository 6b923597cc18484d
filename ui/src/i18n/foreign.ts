/**
 * Words in a sentence that are not in its language: of the system, of a kernel, of the server in English. Marks that no
 * one sees (Unicode's isolates) stand around them; `FromServer` makes them known to readers.
 */
export function foreign(words: string): string {
  return `\u2068${words}\u2069`;
}
