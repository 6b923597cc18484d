/** How the page looks now, as a frame needs it told, and when that changes. */
import type { Appearance } from "./protocol";

const TOKENS = [
  "--bg",
  "--surface-1",
  "--surface-2",
  "--fg",
  "--fg-2",
  "--line",
  "--control-line",
  "--accent",
  "--accent-fg",
  "--accent-bg",
  "--error",
  "--font-ui",
  "--font-code",
] as const;
const WATCHED = ["class", "style", "lang", "data-theme", "data-contrast", "data-density"];

export function appearanceOf(page: Document): Appearance {
  const root = page.documentElement;
  const style = getComputedStyle(root);
  const scheme = isDark(style.colorScheme) ? "dark" : "light";
  const tokens = TOKENS.map((name) => [name, resolved(style.getPropertyValue(name).trim(), scheme)] as const);
  return { scheme, language: root.lang, tokens: Object.fromEntries(tokens.filter(([, value]) => value !== "")) };
}

/** Calls `changed` whenever the page may look different; the result ends it. */
export function watchAppearance(page: Document, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(page.documentElement, { attributes: true, attributeFilter: WATCHED });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}

function isDark(colorScheme: string): boolean {
  if (colorScheme.includes("dark") && !colorScheme.includes("light")) return true;
  return colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** A variable keeps `light-dark(…)` as it was written: the half that counts. */
export function resolved(value: string, scheme: Appearance["scheme"]): string {
  const halves = /^light-dark\(\s*([^,()]+(?:\([^()]*\))?)\s*,\s*([^,()]+(?:\([^()]*\))?)\s*\)$/.exec(value);
  return (scheme === "light" ? halves?.[1] : halves?.[2])?.trim() ?? value;
}
