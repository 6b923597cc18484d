/** Fields to write in: texts of one line and of several, passwords, numbers, and texts with suggestions. */
import { widgetsText } from "../../i18n/widgets";
import { Described, nameOf, useFont } from "../Described";
import { numberOf } from "../numberFormat";
import {
  flagIn,
  numberIn,
  numberOrNone,
  placeholderIn,
  textIn,
  textsIn,
  useWidget,
  type ViewProps,
  type Widget,
} from "../traits";
import styles from "../widgets.module.css";

/** Every key, or what is there when the user has done with the field. */
function whenWritten(widget: Widget, write: (text: string) => void) {
  const hear = (event: Event) => write((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value);
  return flagIn(widget.state, "continuous_update", true) ? { onInput: hear, onChange: hear } : { onChange: hear };
}

function common(widget: Widget) {
  const placeholder = placeholderIn(widget.state);
  return {
    id: widget.fieldId,
    disabled: widget.disabled,
    placeholder,
    ...nameOf(widget, placeholder || widgetsText.value),
  };
}

export function TextField({ model }: ViewProps) {
  const widget = useWidget(model);
  const isSecret = textIn(widget.state, "_view_name") === "PasswordView";
  const submit = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    widget.set({ value: (event.currentTarget as HTMLInputElement).value });
    widget.send({ event: "submit" });
  };
  return (
    <Described widget={widget} kind={styles.text}>
      <input
        {...common(widget)}
        {...(isSecret ? { type: "password" as const } : { type: "text" as const })}
        class={styles.field}
        style={useFont(widget)}
        value={textIn(widget.state, "value")}
        autocomplete={isSecret ? "new-password" : "off"}
        spellcheck={false}
        onKeyDown={submit}
        {...whenWritten(widget, (value) => widget.set({ value }))}
      />
    </Described>
  );
}

export function TextareaField({ model }: ViewProps) {
  const widget = useWidget(model);
  return (
    <Described widget={widget} kind={styles.textarea}>
      <textarea
        {...common(widget)}
        class={styles.field}
        style={useFont(widget)}
        rows={numberIn(widget.state, "rows", 3)}
        value={textIn(widget.state, "value")}
        spellcheck={false}
        {...whenWritten(widget, (value) => widget.set({ value }))}
      />
    </Described>
  );
}

export function NumberField({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const isWhole = textIn(state, "_view_name") === "IntTextView";
  const min = numberOrNone(state, "min");
  const max = numberOrNone(state, "max");
  const write = (text: string) => {
    const value = numberOf(text);
    if (value === null) return;
    const bounded = Math.min(max ?? Infinity, Math.max(min ?? -Infinity, value));
    widget.set({ value: isWhole ? Math.round(bounded) : bounded });
  };
  return (
    <Described widget={widget} kind={styles.text}>
      <input
        {...common(widget)}
        type="number"
        class={styles.field}
        style={useFont(widget)}
        value={textIn(state, "value")}
        step={numberOrNone(state, "step") ?? (isWhole ? 1 : "any")}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        onBlur={(event) => (event.currentTarget.value = textIn(model.state.peek(), "value"))}
        {...whenWritten(widget, write)}
      />
    </Described>
  );
}

export function Combobox({ model }: ViewProps) {
  const widget = useWidget(model);
  const options = textsIn(widget.state, "options");
  const mustBeOption = flagIn(widget.state, "ensure_option");
  const write = (value: string) => {
    if (!mustBeOption || options.includes(value)) widget.set({ value });
  };
  return (
    <Described widget={widget} kind={styles.text}>
      <input
        {...common(widget)}
        class={styles.field}
        style={useFont(widget)}
        list={`${widget.fieldId}-options`}
        value={textIn(widget.state, "value")}
        autocomplete="off"
        onBlur={(event) => (event.currentTarget.value = textIn(model.state.peek(), "value"))}
        {...whenWritten(widget, write)}
      />
      <datalist id={`${widget.fieldId}-options`}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </Described>
  );
}
