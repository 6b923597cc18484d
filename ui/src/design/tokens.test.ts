import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Theme = "light" | "dark";
const css = readFileSync("src/design/tokens.css", "utf8").split("@media")[0] ?? "";
const tokens = new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]));

function colour(name: string, theme: Theme): [number, number, number] {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`${name} is not a token`);
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return colour(other, theme);
  const pair = /^light-dark\(#(\w{6}), #(\w{6})\)$/.exec(value);
  const hex = pair?.[theme === "light" ? 1 : 2] ?? /^#(\w{6})$/.exec(value)?.[1];
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

const SURFACES = ["--bg", "--surface-1", "--surface-2"];
const named = (prefix: string) => [...tokens.keys()].filter((name) => name.startsWith(prefix));
const grounds = named("--ansi-bg-");
const ansi = named("--ansi-").filter((name) => !name.startsWith("--ansi-bg-"));

describe.each<Theme>(["light", "dark"])("the %s theme", (theme) => {
  const worst = (texts: readonly string[], surfaces: readonly string[]) =>
    texts
      .flatMap((text) =>
        surfaces.map((surface) => ({ pair: `${text} on ${surface}`, ratio: contrast(text, surface, theme) })),
      )
      .sort((a, b) => a.ratio - b.ratio)[0]!;
  const atLeast = (ratio: number, texts: readonly string[], surfaces: readonly string[]) => {
    const found = worst(texts, surfaces);
    expect(found.ratio, found.pair).toBeGreaterThanOrEqual(ratio);
  };

  test("text can be read on every surface", () => {
    atLeast(4.5, ["--fg", "--fg-2", "--accent", "--ok", "--warn", "--error"], SURFACES);
    atLeast(4.5, ["--fg"], ["--selection", "--accent-bg", "--error-bg", "--stderr-bg", "--warn-bg"]);
    atLeast(4.5, ["--fg-2", "--error"], ["--error-bg", "--stderr-bg"]);
    atLeast(4.5, ["--accent-fg"], ["--accent"]);
    atLeast(4.5, ["--error-fg"], ["--error"]);
  });

  test("code can be read on every surface", () => atLeast(4.5, named("--syntax-"), SURFACES));

  test("terminal colours can be read on the page, the tints of errors and stderr, and on every ground", () => {
    expect(ansi).toHaveLength(16);
    atLeast(4.5, ansi, ["--bg", "--surface-1", "--error-bg", "--stderr-bg", ...grounds]);
    atLeast(4.5, ["--fg"], grounds);
  });

  test("inverted terminal text can be read", () => atLeast(4.5, ["--bg"], ansi));

  test("borders of controls and the focus ring can be seen on every surface", () => {
    atLeast(3, ["--control-line", "--accent"], SURFACES);
  });
});
