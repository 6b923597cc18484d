/** What a document gives to be printed: all of it, while the screen may show a part. */

export interface Paper {
  /**
   * Loads what drawing needs; `told` hears how many of its parts are ready. Rejects only with what `told` rejects
   * with: what cannot be had is drawn as plain text.
   */
  prepare(told?: (done: number) => Promise<void>): Promise<void>;
  /** Draws everything into an element, at once. */
  draw(sheet: HTMLElement): void;
  /** Lets go of what was drawn there. */
  clear(sheet: HTMLElement): void;
}
