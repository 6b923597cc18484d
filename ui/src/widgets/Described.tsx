/** What most controls have around them: a label before them, a width, and the layout that the widget asks for. */
import type { ComponentChildren, CSSProperties, HTMLAttributes } from "preact";
import { fontOf, layoutOf, styleOf } from "./layout";
import { flagIn, textIn, textOrNone, usePlace, type Widget } from "./traits";
import { TextWithMath } from "./TextWithMath";
import { SafeHtml } from "./SafeHtml";
import styles from "./widgets.module.css";

interface BoxProps {
  readonly widget: Widget;
  /** Classes of widgets.module.css, the control's own first. */
  readonly kind?: string | undefined;
  readonly children?: ComponentChildren;
  readonly style?: CSSProperties;
  readonly others?: HTMLAttributes<HTMLDivElement>;
}

/** A widget's outermost element: its layout, its classes, its tooltip. */
export function WidgetBox({ widget, kind, children, style, others }: BoxProps) {
  const { store } = usePlace();
  const classes = Array.isArray(widget.state["_dom_classes"]) ? widget.state["_dom_classes"].join(" ") : "";
  const tooltip = textOrNone(widget.state, "tooltip");
  return (
    <div
      {...others}
      class={`${styles.widget ?? ""} ${kind ?? ""} ${classes}`}
      style={Object.assign({}, style, layoutOf(store, widget.state))}
      {...(tooltip !== undefined && { title: tooltip })}
    >
      {children}
    </div>
  );
}

interface DescribedProps extends BoxProps {
  /** The label names a group of fields, not one. */
  readonly group?: "group" | "radiogroup";
}

/** A control with its label. The field has `widget.fieldId`, unless it is a group. */
export function Described({ widget, kind, children, group, style }: DescribedProps) {
  const isVertical = widget.state["orientation"] === "vertical" && kind !== styles.choice;
  const classes = `${styles.described ?? ""} ${kind ?? ""} ${isVertical ? (styles.vertical ?? "") : ""}`;
  const named = hasDescription(widget) ? { "aria-labelledby": labelId(widget) } : {};
  return (
    <WidgetBox
      widget={widget}
      kind={classes}
      others={group === undefined ? {} : { role: group, ...named }}
      {...(style && { style })}
    >
      <Description widget={widget} isField={group === undefined} />
      {children}
    </WidgetBox>
  );
}

export function hasDescription({ state }: Widget): boolean {
  return textIn(state, "description") !== "";
}

/** For fields whose widget has no description: they need a name too. */
export function nameOf(widget: Widget, otherwise: string): { readonly "aria-label"?: string } {
  if (hasDescription(widget)) return {};
  return { "aria-label": textOrNone(widget.state, "tooltip") ?? otherwise };
}

export function labelId(widget: Widget): string {
  return `${widget.fieldId}-label`;
}

function Description({ widget, isField }: { readonly widget: Widget; readonly isField: boolean }) {
  const { store } = usePlace();
  const text = textIn(widget.state, "description");
  if (text === "") return null;
  const width = textOrNone(styleOf(store, widget.state), "description_width");
  const attributes = {
    id: labelId(widget),
    class: styles.description,
    title: flagIn(widget.state, "description_allow_html") ? "" : text,
    style: width === undefined ? {} : { inlineSize: width === "initial" ? "max-content" : width },
  };
  const content = flagIn(widget.state, "description_allow_html") ? (
    <SafeHtml html={text} />
  ) : (
    <TextWithMath text={text} />
  );
  return isField ? (
    <label {...attributes} for={widget.fieldId}>
      {content}
    </label>
  ) : (
    <span {...attributes}>{content}</span>
  );
}

/** The font of a control's text, as its style asks for. */
export function useFont(widget: Widget): CSSProperties {
  return fontOf(usePlace().store, widget.state);
}
