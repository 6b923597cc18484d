/**
 * Terminal text: what colours and styles it asks for. SGR sequences (16, 256 and true colours, bold, dim, italic,
 * underline, strike-through, inverse) become styles; every other control sequence (cursor, titles, OSC 8 links) is left out.
 *
 * Source of truth: ECMA-48 §8.3.117 (SGR), xterm's control sequences for 38/48.
 */

/** A palette index from 0 to 15, or red, green, blue from 0 to 255. */
export type AnsiColour = number | readonly [number, number, number];

export interface AnsiStyle {
  readonly fg: AnsiColour | null;
  readonly bg: AnsiColour | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly inverse: boolean;
}

export const PLAIN: AnsiStyle = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

export interface AnsiSpan {
  readonly text: string;
  readonly style: AnsiStyle;
}

export const ESC = "\u001b";

// Composed from strings: a literal with control characters could not be read.
const STRING_END = `(?:\\u0007|\\u009c|${ESC}\\\\)`;
const CONTROL = new RegExp(
  [
    `(?:${ESC}\\[|\\u009b)([0-?]*)[ -/]*(?:([@-~])|$)`, // CSI; without its end only at the end of the text
    `${ESC}[\\]PX^_][^\\u0007\\u009c${ESC}\\n]*(?:${STRING_END}|$|(?=${ESC}|\\n))`, // OSC, DCS, SOS, PM, APC
    `${ESC}[ -/]+[0-~]?`, // character sets
    `${ESC}[0-~]?`,
    "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]+", // all but tab and line feed
  ].join("|"),
  "g",
);

/** The pieces of `text` that are seen, each with its style, beginning in `style`; and the style at the end. */
export function parseAnsi(text: string, style: AnsiStyle): { spans: AnsiSpan[]; style: AnsiStyle } {
  const spans: AnsiSpan[] = [];
  let at = 0;
  let now = style;
  for (const found of text.matchAll(CONTROL)) {
    add(spans, text.slice(at, found.index), now);
    at = found.index + found[0].length;
    if (found[2] === "m") now = sgr(found[1] ?? "", now);
  }
  add(spans, text.slice(at), now);
  return { spans, style: now };
}

/** The text without its control sequences. */
export function stripAnsi(text: string): string {
  return text.replace(CONTROL, "");
}

function add(spans: AnsiSpan[], text: string, style: AnsiStyle): void {
  if (text === "") return;
  const last = spans.at(-1);
  if (last?.style === style) spans[spans.length - 1] = { text: last.text + text, style };
  else spans.push({ text, style });
}

const SWITCHES: Readonly<Record<number, Partial<AnsiStyle>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { fg: null },
  49: { bg: null },
};

function sgr(parameters: string, style: AnsiStyle): AnsiStyle {
  if (!/^[\d;:]*$/.test(parameters)) return style; // private sequences like `>4;2m` are not SGR
  const codes = parameters.split(";");
  let now = style;
  for (let index = 0; index < codes.length; index++) {
    const parts = (codes[index] ?? "").split(":").map(Number);
    const code = parts[0] ?? 0;
    if (code === 38 || code === 48 || code === 58) {
      const colon = parts.length > 1;
      const rest = colon ? parts.slice(1) : codes.slice(index + 1).map(Number);
      const { colour, used } = extended(rest, colon);
      if (!colon) index += used;
      if (colour !== null && code !== 58) now = { ...now, [code === 38 ? "fg" : "bg"]: colour };
    } else if (code === 4 && parts[1] === 0) now = { ...now, underline: false };
    else now = simple(code, now);
  }
  return now;
}

function simple(code: number, style: AnsiStyle): AnsiStyle {
  if (code === 0) return PLAIN;
  const change = SWITCHES[code];
  if (change !== undefined) return { ...style, ...change };
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 };
  return style;
}

/** What follows 38 or 48: `5;n` or `2;r;g;b` (with colons there may be a colour space before r). */
function extended(rest: readonly number[], colon: boolean): { colour: AnsiColour | null; used: number } {
  if (rest[0] === 5) return { colour: indexed(rest[1] ?? Number.NaN), used: 2 };
  if (rest[0] !== 2) return { colour: null, used: rest.length };
  const [r = 0, g = 0, b = 0] = rest.slice(colon && rest.length >= 5 ? 2 : 1).map(clampByte);
  return { colour: [r, g, b], used: 4 };
}

function indexed(index: number): AnsiColour | null {
  if (!Number.isInteger(index) || index < 0 || index > 255) return null;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + 10 * (index - 232);
    return [grey, grey, grey];
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
}

function clampByte(value: number): number {
  return Number.isFinite(value) ? Math.min(255, Math.max(0, Math.trunc(value))) : 0;
}
