/**
 * Styles of terminal text as CSS that can be read in both themes: the sixteen are tokens; every other text colour is moved
 * towards black or white until it stands out (5.5:1, which leaves room for tinted grounds) from the page of each theme.
 */
import { type AnsiColour, type AnsiStyle } from "./ansi";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
const READABLE = 5.5; // contrast ratio, WCAG 2.2
type Rgb = readonly [number, number, number];
const PAGES: { readonly light: Rgb; readonly dark: Rgb } = { light: [255, 255, 255], dark: [28, 31, 38] };

/** The value of a `style` attribute; empty for plain text. */
export function cssOf(style: AnsiStyle): string {
  const { fg, bg } = style.inverse ? swapped(style) : { fg: foreground(style), bg: background(style.bg) };
  const lines = [style.underline && "underline", style.strike && "line-through"].filter(Boolean).join(" ");
  return [
    fg && `color:${fg}`,
    bg && `background:${bg}`,
    style.bold && "font-weight:var(--weight-strong)",
    style.italic && "font-style:italic",
    lines && `text-decoration:${lines}`,
  ]
    .filter(Boolean)
    .join(";");
}

function foreground({ fg, bg, dim }: AnsiStyle): string | null {
  if (bg !== null && typeof bg !== "number") return rgb(legible(typeof fg === "object" && fg !== null ? fg : bg, bg));
  if (fg === null) return dim ? "var(--fg-2)" : null;
  return token(fg) ?? `light-dark(${rgb(legible(fg as Rgb, PAGES.light))},${rgb(legible(fg as Rgb, PAGES.dark))})`;
}

function background(bg: AnsiColour | null): string | null {
  if (bg === null) return null;
  return typeof bg === "number" ? `var(--ansi-bg-${NAMES[bg % 8] ?? "black"})` : rgb(bg);
}

/** Inverse: the text's colour becomes the ground; the tokens stand out from the page, so the page's colour can be read on them. */
function swapped(style: AnsiStyle): { fg: string; bg: string } {
  const ground = foreground({ ...style, bg: null, dim: false }) ?? "var(--fg)";
  return { fg: "var(--bg)", bg: ground };
}

function token(colour: AnsiColour): string | null {
  if (typeof colour !== "number") return null;
  return `var(--ansi-${colour < 8 ? "" : "bright-"}${NAMES[colour % 8] ?? "black"})`;
}

/** `colour`, moved as little as needed towards black or white until it can be read on `ground`. */
export function legible(colour: Rgb, ground: Rgb): Rgb {
  if (contrast(colour, ground) >= READABLE) return colour;
  const goal: Rgb = luminance(ground) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0.05; share < 1; share += 0.05) {
    const mixed = colour.map((value, index) => Math.round(value + ((goal[index] ?? 0) - value) * share));
    const candidate: Rgb = [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0];
    if (contrast(candidate, ground) >= READABLE) return candidate;
  }
  return goal;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function rgb([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}
