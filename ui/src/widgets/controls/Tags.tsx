/** A list that grows by writing: of words, colours, whole numbers, other numbers. */
import { useState } from "preact/hooks";
import { Spoken } from "../../design/Voice";
import { widgetsText } from "../../i18n/widgets";
import { colourCode } from "../colours";
import { WidgetBox } from "../Described";
import { formatNumber, numberOf } from "../numberFormat";
import { flagIn, numberOrNone, placeholderIn, textIn, useWidget, type ViewProps, type Widget } from "../traits";
import styles from "../widgets.module.css";
import { styleNamed } from "./Toggles";

type Tag = string | number;

export function Tags({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const view = textIn(state, "_view_name");
  const tags = tagsIn(state["value"]);
  const allowed = tagsIn(state["allowed_tags"]);
  const [refused, setRefused] = useState("");
  const add = (field: HTMLInputElement) => {
    const text = field.value.trim();
    if (text === "") return;
    const tag = tagOf(widget, text);
    const isNew = flagIn(state, "allow_duplicates", true) || (tag !== null && !tags.includes(tag));
    const isAllowed = tag !== null && isNew && (allowed.length === 0 || allowed.includes(tag));
    setRefused(isAllowed ? "" : widgetsText.notAllowed(text));
    if (!isAllowed) return;
    widget.set({ value: [...tags, tag] });
    field.value = "";
  };
  const hear = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    if (event.key === "Enter" && !event.isComposing) add(event.currentTarget);
    else if (event.key === "Backspace" && event.currentTarget.value === "") widget.set({ value: tags.slice(0, -1) });
  };
  return (
    <WidgetBox
      widget={widget}
      kind={styles.tags}
      others={{ role: "group", "aria-label": textIn(state, "tooltip") || widgetsText.tags }}
    >
      {tags.map((tag, at) => (
        <span key={at} class={`${styles.tag ?? ""} ${styleNamed(textIn(state, "tag_style"))}`}>
          {view === "ColorsInputView" && <span class={styles.swatch} style={{ background: colourCode(String(tag)) }} />}
          {shown(widget, tag)}
          <button
            type="button"
            aria-label={widgetsText.remove(shown(widget, tag))}
            disabled={widget.disabled}
            onClick={() => widget.set({ value: tags.filter((_, other) => other !== at) })}
          >
            ×
          </button>
        </span>
      ))}
      <input
        list={`${widget.fieldId}-allowed`}
        aria-label={widgetsText.add}
        placeholder={placeholderIn(state) || widgetsText.add}
        disabled={widget.disabled}
        aria-invalid={refused !== ""}
        title={refused}
        onKeyDown={hear}
        onChange={(event) => add(event.currentTarget)}
      />
      <datalist id={`${widget.fieldId}-allowed`}>
        {allowed.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      {refused !== "" && <Spoken class={styles.isInvalid}>{refused}</Spoken>}
    </WidgetBox>
  );
}

function tagsIn(value: unknown): readonly Tag[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === "string" || typeof tag === "number") : [];
}

function tagOf({ state }: Widget, text: string): Tag | null {
  const view = textIn(state, "_view_name");
  if (view !== "IntsInputView" && view !== "FloatsInputView") return text;
  const value = numberOf(text);
  if (value === null || (view === "IntsInputView" && !Number.isInteger(value))) return null;
  return Math.min(numberOrNone(state, "max") ?? Infinity, Math.max(numberOrNone(state, "min") ?? -Infinity, value));
}

function shown({ state }: Widget, tag: Tag): string {
  return typeof tag === "number" ? formatNumber(tag, textIn(state, "format")) : tag;
}
