/**
 * Numbers as a widget's `readout_format` asks for them, in the language of d3-format:
 * `[[fill]align][sign][symbol][0][width][,][.precision][~][type]`.
 *
 * Source of truth: https://d3js.org/d3-format
 */
const SPECIFIER = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(?:\.(\d+))?(~)?([a-z%])?$/i;
const PREFIXES = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];

/** A format that cannot be read shows the number as it is. */
export function formatNumber(value: number, format: string): string {
  const found = SPECIFIER.exec(format);
  if (found === null || !Number.isFinite(value)) return String(value);
  const [, fill, align, sign, symbol, zero, width, comma, digits, trim, given] = found;
  const type = given ?? (digits === undefined ? "" : "g");
  let text = written(Math.abs(value), type, digits === undefined ? undefined : Number(digits), symbol === "#");
  if (trim !== undefined || given === undefined) text = trimmed(text);
  if (comma !== undefined || type === "n") text = grouped(text);
  const isNegative = value < 0 && /[1-9]/.test(text);
  const before = `${signed(isNegative, sign)}${symbol === "$" ? "$" : ""}`;
  const after = isNegative && sign === "(" ? ")" : "";
  const room = Number(width ?? 0) - before.length - text.length - after.length;
  if (zero !== undefined) return `${before}${"0".repeat(Math.max(0, room))}${text}${after}`;
  return padded(`${before}${text}${after}`, Math.max(0, room), fill ?? " ", align ?? ">");
}

function written(value: number, type: string, digits: number | undefined, alternate: boolean): string {
  switch (type) {
    case "d":
      return Math.round(value).toFixed(0);
    case "f":
      return value.toFixed(limited(digits ?? 6, 0));
    case "e":
      return value.toExponential(limited(digits ?? 6, 0));
    case "%":
      return `${(value * 100).toFixed(limited(digits ?? 6, 0))}%`;
    case "p":
      return `${rounded(value * 100, digits ?? 6)}%`;
    case "r":
      return rounded(value, digits ?? 6);
    case "s":
      return prefixed(value, digits ?? 6);
    case "b":
    case "o":
    case "x":
    case "X":
      return based(value, type, alternate);
    case "g":
    case "n":
      return value.toPrecision(limited(digits ?? 6, 1));
    default:
      return digits === undefined ? String(value) : value.toPrecision(limited(digits, 1));
  }
}

function limited(digits: number, least: number): number {
  return Math.max(least, Math.min(20, digits));
}

/** With so many significant digits and no exponent. */
function rounded(value: number, digits: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(value));
  const places = limited(digits, 1) - 1 - exponent;
  return places >= 0
    ? value.toFixed(Math.min(20, places))
    : (Math.round(value * 10 ** places) / 10 ** places).toFixed(0);
}

function prefixed(value: number, digits: number): string {
  const exponent = value === 0 ? 0 : Math.max(-8, Math.min(8, Math.floor(Math.log10(value) / 3)));
  return rounded(value / 1000 ** exponent, digits) + (PREFIXES[exponent + 8] ?? "");
}

function based(value: number, type: string, alternate: boolean): string {
  const base = type === "b" ? 2 : type === "o" ? 8 : 16;
  const text = Math.round(value).toString(base);
  return `${alternate ? `0${type.toLowerCase()}` : ""}${type === "X" ? text.toUpperCase() : text}`;
}

function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "");
}

function grouped(text: string): string {
  return text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}

function signed(isNegative: boolean, sign: string | undefined): string {
  if (isNegative) return sign === "(" ? "(" : "−";
  return sign === "+" || sign === " " ? sign : "";
}

function padded(text: string, room: number, fill: string, align: string): string {
  if (align === "<") return text + fill.repeat(room);
  if (align === "^") return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2));
  return fill.repeat(room) + text;
}

/** The number in a text that a user has written, perhaps in the form of `formatNumber`; null where there is none. */
export function numberOf(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[\u2212]/g, "-")
    .replace(/[,$_\s]/g, "");
  const found = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/i.exec(plain);
  if (found === null) return null;
  const value = Number(found[0]);
  return plain.slice(found[0].length) === "%" ? value / 100 : value;
}
