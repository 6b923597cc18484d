/** A colour by any of its names in CSS as `#rrggbb`, which is all that the browser's picker takes. */
export function colourCode(colour: string): string {
  const long = /^#[\da-f]{6}$/i.exec(colour);
  if (long !== null) return colour.toLowerCase();
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(colour);
  if (short !== null) return `#${short.slice(1).map((digit) => digit + digit).join("")}`.toLowerCase(); // prettier-ignore
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return BLACK;
  context.fillStyle = BLACK;
  context.fillStyle = colour; // what is no colour leaves it as it is
  return /^#[\da-f]{6}$/i.test(context.fillStyle) ? context.fillStyle : BLACK;
}

const BLACK = `#${"0".repeat(6)}`;
