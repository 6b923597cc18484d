/** Layout and style models as CSS: a widget's size, place and font, by its own names of the properties. */
import type { CSSProperties } from "preact";
import { referenceIn, type WidgetState } from "./widgetModel";
import type { WidgetStore } from "./widgetStore";

type Css = CSSProperties;

/** Every trait of ipywidgets' Layout; each is a CSS property but for the dashes. */
const LAYOUT = [
  "align_content", "align_items", "align_self", "border_bottom", "border_left", "border_right", "border_top", "bottom",
  "display", "flex", "flex_flow", "grid_area", "grid_auto_columns", "grid_auto_flow", "grid_auto_rows", "grid_column",
  "grid_gap", "grid_row", "grid_template_areas", "grid_template_columns", "grid_template_rows", "height",
  "justify_content", "justify_items", "left", "margin", "max_height", "max_width", "min_height", "min_width",
  "object_fit", "object_position", "order", "overflow", "padding", "right", "top", "visibility", "width",
] as const; // prettier-ignore

const FONT = {
  font_family: "fontFamily",
  font_size: "fontSize",
  font_style: "fontStyle",
  font_variant: "fontVariant",
  font_weight: "fontWeight",
  text_color: "color",
  text_decoration: "textDecoration",
  background: "background",
  button_color: "background",
} as const;

const LOADS = /url\s*\(|image-set|@import|expression\s*\(/i;

/** What the widget's layout says. */
export function layoutOf(store: WidgetStore, state: WidgetState): Css {
  const layout = stateOf(store, state["layout"]);
  const css: Record<string, string> = {};
  if (layout === null) return css;
  if (isSafe(layout["border"])) css["border"] = layout["border"]; // of ipywidgets 7
  for (const name of LAYOUT) {
    const value = layout[name];
    if (isSafe(value)) css[property(name)] = value;
  }
  return css;
}

/** The font and the colours that the widget's style asks for. */
export function fontOf(store: WidgetStore, state: WidgetState): Css {
  const style = styleOf(store, state);
  const css: Record<string, string> = {};
  for (const [name, cssName] of Object.entries(FONT)) {
    const value = style[name];
    if (isSafe(value)) css[cssName] = value;
  }
  return css;
}

/** The widget's style model. */
export function styleOf(store: WidgetStore, state: WidgetState): WidgetState {
  return stateOf(store, state["style"]) ?? {};
}

/** A value of CSS that loads nothing. */
export function isSafe(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !LOADS.test(value);
}

function stateOf(store: WidgetStore, reference: unknown): WidgetState | null {
  const id = referenceIn(reference);
  const found = id === null ? null : store.find(id).value;
  return found?.at === "here" ? found.model.state.value : null;
}

function property(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
