/** One of several, or several of many: dropdown, radio buttons, lists, a row of buttons. A choice is its index. */
import { widgetsText } from "../../i18n/widgets";
import { Described, nameOf, useFont } from "../Described";
import { Glyph } from "../Glyph";
import { styleOf } from "../layout";
import { numberIn, numbersIn, textIn, textOrNone, textsIn, usePlace, useWidget, type ViewProps } from "../traits";
import styles from "../widgets.module.css";
import { styleNamed } from "./Toggles";

const NONE = -1; // no item is chosen

export function Dropdown({ model }: ViewProps) {
  const widget = useWidget(model);
  const labels = textsIn(widget.state, "_options_labels");
  const index = numberIn(widget.state, "index", NONE);
  return (
    <Described widget={widget} kind={styles.text}>
      <select
        id={widget.fieldId}
        class={styles.field}
        style={useFont(widget)}
        disabled={widget.disabled}
        value={index}
        onChange={(event) => widget.set({ index: indexIn(event.currentTarget.value) })}
        {...nameOf(widget, widgetsText.value)}
      >
        {index === NONE && <option value={NONE} />}
        {labels.map((label, at) => (
          <option key={at} value={at} selected={at === index}>
            {label}
          </option>
        ))}
      </select>
    </Described>
  );
}

export function SelectList({ model }: ViewProps) {
  const widget = useWidget(model);
  const isMultiple = textIn(widget.state, "_view_name") === "SelectMultipleView";
  const chosen = isMultiple ? numbersIn(widget.state, "index") : [numberIn(widget.state, "index", NONE)];
  const choose = (list: HTMLSelectElement) => {
    const indices = [...list.selectedOptions].map((option) => Number(option.value));
    widget.set({ index: isMultiple ? indices : (indices[0] ?? null) });
  };
  return (
    <Described widget={widget} kind={styles.text}>
      <select
        id={widget.fieldId}
        class={`${styles.field ?? ""} ${styles.list ?? ""}`}
        style={useFont(widget)}
        multiple={isMultiple}
        size={Math.max(2, numberIn(widget.state, "rows", 5))}
        disabled={widget.disabled}
        onChange={(event) => choose(event.currentTarget)}
        {...nameOf(widget, widgetsText.value)}
      >
        {textsIn(widget.state, "_options_labels").map((label, at) => (
          <option key={at} value={at} selected={chosen.includes(at)}>
            {label}
          </option>
        ))}
      </select>
    </Described>
  );
}

export function RadioButtons({ model }: ViewProps) {
  const widget = useWidget(model);
  const index = numberIn(widget.state, "index", NONE);
  const isRow = textIn(widget.state, "orientation") === "horizontal";
  return (
    <Described widget={widget} kind={styles.choice} group="radiogroup">
      <div class={isRow ? styles.radioRow : styles.radios} style={useFont(widget)}>
        {textsIn(widget.state, "_options_labels").map((label, at) => (
          <label key={at}>
            <input
              type="radio"
              name={widget.fieldId}
              checked={at === index}
              disabled={widget.disabled}
              onChange={() => widget.set({ index: at })}
            />
            {label}
          </label>
        ))}
      </div>
    </Described>
  );
}

export function ToggleButtons({ model }: ViewProps) {
  const widget = useWidget(model);
  const { store } = usePlace();
  const { state } = widget;
  const tooltips = textsIn(state, "tooltips");
  const icons = textsIn(state, "icons");
  const index = numberIn(state, "index", NONE);
  const width = textOrNone(styleOf(store, state), "button_width");
  return (
    <Described widget={widget} kind={styles.choice} group="group">
      <div class={styles.toggles}>
        {textsIn(state, "_options_labels").map((label, at) => (
          <button
            key={at}
            type="button"
            class={`${styles.button ?? ""} ${styleNamed(textIn(state, "button_style"))}`}
            style={width === undefined ? {} : { inlineSize: width }}
            aria-pressed={at === index}
            disabled={widget.disabled}
            title={tooltips[at] ?? ""}
            onClick={() => widget.set({ index: at })}
          >
            <Glyph name={icons[at] ?? ""} />
            {label}
          </button>
        ))}
      </div>
    </Described>
  );
}

function indexIn(value: string): number | null {
  const index = Number(value);
  return index === NONE ? null : index;
}
