/**
 * Which outputs of a cell are shown: of very many the first and the last, for nobody reads 20,000 in a row, and whoever
 * looks for how a run began or how it ends finds it there. Pure.
 *
 * Whole pieces are shown or not, so that while a cell runs not every output moves those before it. 100 at the beginning
 * are more than a screen or two of anything; 50 at the end are enough to see what a run does now, and all of them may
 * be drawn anew in a frame.
 */

/** Outputs that come and go together. */
export const PIECE = 25;
const BEGIN = 4 * PIECE;
const END = 2 * PIECE;
const LEAST = 2 * PIECE; // hiding fewer is not worth a line

export interface Division {
  /** Outputs before this one are shown, */
  readonly head: number;
  /** and so are those from this one on. The same as `head` where all are. */
  readonly tail: number;
}

/** Of so many outputs; `asked` is how many of the first ones somebody wants to see. */
export function divided(count: number, asked = BEGIN): Division {
  const tail = Math.floor((count - END) / PIECE) * PIECE;
  const head = Math.ceil(asked / PIECE) * PIECE;
  return tail - head < LEAST ? { head: count, tail: count } : { head, tail };
}
