import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Tokens = ReadonlyMap<string, string>;
type Scheme = "light" | "dark";
type Theme = readonly [tokens: Tokens, scheme: Scheme];

/** The declarations of a file, up to the first media query. */
function declared(file: string): Tokens {
  const css = readFileSync(`src/design/${file}`, "utf8").split("@media")[0] ?? "";
  const first = css.split(':root[data-density="compact"]')[0] ?? "";
  return new Map([...first.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]));
}

const tokens = declared("tokens.css");
const contrasting: Tokens = new Map([...tokens, ...declared("contrast.css")]);

function colour(name: string, [theme, scheme]: Theme): [number, number, number] {
  const value = theme.get(name);
  if (value === undefined) throw new Error(`${name} is not a token`);
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return colour(other, [theme, scheme]);
  const pair = /^light-dark\(#(\w{6}), #(\w{6})\)$/.exec(value);
  const hex = pair?.[scheme === "light" ? 1 : 2] ?? /^#(\w{6})$/.exec(value)?.[1];
  if (hex === undefined) throw new Error(`${name}: ${value} is not a colour`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [luminance(colour(one, theme)), luminance(colour(other, theme))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const TINTS = ["--accent-bg", "--error-bg", "--stderr-bg", "--warn-bg"];
const SURFACES = ["--bg", "--surface-1", "--surface-2"];
const named = (prefix: string) => [...tokens.keys()].filter((name) => name.startsWith(prefix));
const grounds = named("--ansi-bg-");
const ansi = named("--ansi-").filter((name) => !name.startsWith("--ansi-bg-"));

/** Ratios of WCAG 2.2: 4.5 is AA for text, 7 is AAA, 3 is for what is not text. */
const THEMES: readonly { name: string; theme: Theme; text: number; ui: number }[] = [
  { name: "light", theme: [tokens, "light"], text: 4.5, ui: 3 },
  { name: "dark", theme: [tokens, "dark"], text: 4.5, ui: 3 },
  { name: "light high contrast", theme: [contrasting, "light"], text: 7, ui: 4.5 },
  { name: "dark high contrast", theme: [contrasting, "dark"], text: 7, ui: 4.5 },
];

test("high contrast changes every colour that text is written in or on", () => {
  const changed = declared("contrast.css");
  const left = [...tokens].filter(([name, value]) => value.includes("light-dark(") && !changed.has(name));
  expect(left.map(([name]) => name)).toEqual([]);
});

describe.each(THEMES)("the $name theme", ({ theme, text, ui }) => {
  const worst = (texts: readonly string[], surfaces: readonly string[]) =>
    texts
      .flatMap((name) =>
        surfaces.map((surface) => ({ pair: `${name} on ${surface}`, ratio: contrast(name, surface, theme) })),
      )
      .sort((a, b) => a.ratio - b.ratio)[0]!;
  const atLeast = (ratio: number, texts: readonly string[], surfaces: readonly string[]) => {
    const found = worst(texts, surfaces);
    expect(found.ratio, found.pair).toBeGreaterThanOrEqual(ratio);
  };

  test("text can be read on every surface", () => {
    atLeast(text, ["--fg", "--fg-2", "--accent", "--ok", "--warn", "--error"], SURFACES);
    atLeast(text, ["--fg"], [...TINTS, "--selection", "--found", "--found-now"]);
    atLeast(4.5, ["--fg-2", "--error"], ["--error-bg", "--stderr-bg"]);
    atLeast(4.5, ["--accent", "--fg-2"], ["--accent-bg"]);
    atLeast(4.5, ["--warn"], ["--warn-bg"]);
    atLeast(text, ["--accent-fg"], ["--accent"]);
    atLeast(text, ["--error-fg"], ["--error"]);
  });

  test("code can be read on every surface, selected and found", () => {
    expect(named("--syntax-").length).toBeGreaterThan(8);
    atLeast(text, named("--syntax-"), SURFACES);
    atLeast(4.5, named("--syntax-"), ["--accent-bg", "--found"]);
  });

  test("terminal colours can be read on the page, the tints of errors and stderr, and on every ground", () => {
    expect(ansi).toHaveLength(16);
    atLeast(text, ansi, ["--bg", "--surface-1"]);
    atLeast(4.5, ansi, ["--error-bg", "--stderr-bg", ...grounds]);
    atLeast(text, ["--fg"], grounds);
  });

  test("inverted terminal text can be read", () => atLeast(text, ["--bg"], ansi));

  test("borders of controls and the focus ring can be seen on every surface and beside every state", () => {
    atLeast(ui, ["--control-line", "--accent", "--ok", "--warn", "--error"], SURFACES);
    atLeast(3, ["--accent", "--control-line"], TINTS);
  });
});
