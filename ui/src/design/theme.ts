/**
 * The themes, and what makes one that of the page: `data-theme` and `data-contrast` on the root element, which
 * tokens.css and contrast.css read. “System” follows the system in both, also while the page is open.
 */
export type Theme = "system" | "light" | "dark" | "contrast-light" | "contrast-dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark", "contrast-light", "contrast-dark"];
export type Density = "comfortable" | "compact";
export const DENSITIES: readonly Density[] = ["comfortable", "compact"];

export function parseTheme(raw: unknown): Theme {
  return THEMES.find((known) => known === raw) ?? "system";
}

export function parseDensity(raw: unknown): Density {
  return raw === "compact" ? "compact" : "comfortable";
}

/** Shows the page in that theme; `system` says whether the system asks for more contrast. */
export function showTheme(root: HTMLElement, theme: Theme, system: boolean): void {
  const scheme = /(light|dark)$/.exec(theme)?.[0];
  mark(root, "theme", scheme);
  mark(root, "contrast", theme.startsWith("contrast") || (theme === "system" && system) ? "more" : undefined);
}

export function showDensity(root: HTMLElement, density: Density): void {
  mark(root, "density", density === "compact" ? density : undefined);
}

/** Whether images of outputs stand on white, as plots are drawn for; else the page shines through what is transparent. */
export function showImageBacking(root: HTMLElement, on: boolean): void {
  mark(root, "image-backing", on ? undefined : "none");
}

function mark(root: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) root.removeAttribute(`data-${name}`);
  else root.setAttribute(`data-${name}`, value);
}

/** Whether the system asks for more contrast, and when that changes. */
export function contrastQuery(page: Window): MediaQueryList {
  return page.matchMedia("(prefers-contrast: more)");
}
