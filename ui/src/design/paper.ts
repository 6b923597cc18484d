/** What a document gives to be printed: all of it, while the screen may show a part. */

export interface Paper {
  /** Loads what drawing needs. Never rejects: what cannot be had is drawn as plain text. */
  prepare(): Promise<void>;
  /** Draws everything into an element, at once. */
  draw(sheet: HTMLElement): void;
  /** Lets go of what was drawn there. */
  clear(sheet: HTMLElement): void;
}
