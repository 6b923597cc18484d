/** Makes the frame look like the page: its variables, light or dark, its language, and Jupyter's names for those. */
import type { Appearance } from "../protocol";

/** JupyterLab's variables that widgets and renderers ask for, by ours. */
const JUPYTER: Readonly<Record<string, string>> = {
  "--jp-layout-color0": "--bg",
  "--jp-layout-color1": "--bg",
  "--jp-layout-color2": "--surface-1",
  "--jp-layout-color3": "--surface-2",
  "--jp-ui-font-color0": "--fg",
  "--jp-ui-font-color1": "--fg",
  "--jp-ui-font-color2": "--fg-2",
  "--jp-content-font-color1": "--fg",
  "--jp-border-color1": "--control-line",
  "--jp-border-color2": "--line",
  "--jp-brand-color1": "--accent",
  "--jp-error-color1": "--error",
  "--jp-ui-font-family": "--font-ui",
  "--jp-code-font-family": "--font-code",
};

export function look({ scheme, language, tokens }: Appearance): void {
  const root = document.documentElement;
  root.style.colorScheme = scheme;
  if (language !== "") root.lang = language;
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
  for (const [name, ours] of Object.entries(JUPYTER)) root.style.setProperty(name, `var(${ours})`);
  document.body.dataset["jpThemeLight"] = String(scheme === "light");
}
