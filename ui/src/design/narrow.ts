/** The width from which on there is no room beside the document: as the style sheets have it. */
export const NARROW = "(max-width: 640px)";
