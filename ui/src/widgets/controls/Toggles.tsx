/** What is on or off, and what is pressed: checkbox, toggle button, the mark of what is valid, button. */
import { Icon } from "../../design/Icon";
import { widgetsText } from "../../i18n/widgets";
import { Described, useFont, WidgetBox } from "../Described";
import { Glyph } from "../Glyph";
import { SafeHtml } from "../SafeHtml";
import { TextWithMath } from "../TextWithMath";
import { flagIn, textIn, textOrNone, useWidget, type ViewProps, type Widget } from "../traits";
import styles from "../widgets.module.css";

export function Checkbox({ model }: ViewProps) {
  const widget = useWidget(model);
  const text = textIn(widget.state, "description");
  const isIndented = flagIn(widget.state, "indent", true);
  return (
    <WidgetBox widget={widget} kind={`${styles.checkbox ?? ""} ${isIndented ? (styles.indented ?? "") : ""}`}>
      <label style={useFont(widget)}>
        <input
          type="checkbox"
          checked={flagIn(widget.state, "value")}
          disabled={widget.disabled}
          onChange={(event) => widget.set({ value: event.currentTarget.checked })}
          {...(text === "" && { "aria-label": textOrNone(widget.state, "tooltip") ?? widgetsText.value })}
        />
        {flagIn(widget.state, "description_allow_html") ? <SafeHtml html={text} /> : <TextWithMath text={text} />}
      </label>
    </WidgetBox>
  );
}

export function ToggleButton({ model }: ViewProps) {
  const widget = useWidget(model);
  const isOn = flagIn(widget.state, "value");
  return <PushButton widget={widget} onPress={() => widget.set({ value: !isOn })} pressed={isOn} />;
}

export function ButtonControl({ model }: ViewProps) {
  const widget = useWidget(model);
  return <PushButton widget={widget} onPress={() => widget.send({ event: "click" })} />;
}

interface PushProps {
  readonly widget: Widget;
  readonly onPress: () => void;
  readonly pressed?: boolean;
}

function PushButton({ widget, onPress, pressed }: PushProps) {
  const text = textIn(widget.state, "description");
  const tooltip = textOrNone(widget.state, "tooltip");
  return (
    <WidgetBox widget={widget} kind={styles.buttonBox}>
      <button
        type="button"
        class={`${styles.button ?? ""} ${styleNamed(textIn(widget.state, "button_style"))}`}
        style={useFont(widget)}
        disabled={widget.disabled}
        onClick={onPress}
        {...(pressed !== undefined && { "aria-pressed": pressed })}
        {...(text === "" && { "aria-label": tooltip ?? (textIn(widget.state, "icon") || widgetsText.value) })}
      >
        <Glyph name={textIn(widget.state, "icon")} />
        {text}
      </button>
    </WidgetBox>
  );
}

/** The class for a `button_style`, `bar_style`, `box_style` or `tag_style`. */
export function styleNamed(name: string): string {
  const known = ["primary", "success", "info", "warning", "danger"];
  return known.includes(name) ? (styles[name] ?? "") : "";
}

export function Valid({ model }: ViewProps) {
  const widget = useWidget(model);
  const isValid = flagIn(widget.state, "value");
  return (
    <Described widget={widget} kind={`${styles.text ?? ""} ${styles.valid ?? ""}`} group="group">
      <span class={isValid ? styles.isValid : styles.isInvalid}>
        <Icon name={isValid ? "check" : "close"} />
        {isValid ? (
          <span class={styles.spoken}>{widgetsText.valid}</span>
        ) : (
          textIn(widget.state, "readout", widgetsText.invalid)
        )}
      </span>
    </Described>
  );
}
