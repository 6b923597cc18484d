/** Sliders: of whole numbers, of others, of exponents, of two ends, and of a list's items. */
import { useState } from "preact/hooks";
import { widgetsText } from "../../i18n/widgets";
import { Described, nameOf } from "../Described";
import { styleOf } from "../layout";
import { formatNumber, numberOf } from "../numberFormat";
import {
  flagIn,
  numberIn,
  numbersIn,
  textIn,
  textOrNone,
  textsIn,
  usePlace,
  useWidget,
  type ViewProps,
  type Widget,
} from "../traits";
import styles from "../widgets.module.css";

/** What is at a place of the slider, and the way back. */
interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number | "any";
  readonly place: (value: number) => number;
  readonly value: (place: number) => number;
  readonly text: (value: number) => string;
  /** What was written as a value; null where it makes no sense. No function: it cannot be written. */
  readonly parse?: (text: string) => number | null;
}

export function NumberSlider({ model }: ViewProps) {
  const widget = useWidget(model);
  return <OneThumb widget={widget} scale={linear(widget)} value={numberIn(widget.state, "value", 0)} trait="value" />;
}

export function LogSlider({ model }: ViewProps) {
  const widget = useWidget(model);
  const base = numberIn(widget.state, "base", 10);
  const scale: Scale = {
    ...linear(widget),
    place: (value) => Math.log(value) / Math.log(base),
    value: (place) => base ** place,
  };
  return <OneThumb widget={widget} scale={scale} value={numberIn(widget.state, "value", 1)} trait="value" />;
}

export function SelectionSlider({ model }: ViewProps) {
  const widget = useWidget(model);
  return <OneThumb widget={widget} scale={ofItems(widget)} value={numberIn(widget.state, "index", 0)} trait="index" />;
}

export function RangeSlider({ model }: ViewProps) {
  const widget = useWidget(model);
  return <TwoThumbs widget={widget} scale={linear(widget)} ends={numbersIn(widget.state, "value")} trait="value" />;
}

export function SelectionRangeSlider({ model }: ViewProps) {
  const widget = useWidget(model);
  return <TwoThumbs widget={widget} scale={ofItems(widget)} ends={numbersIn(widget.state, "index")} trait="index" />;
}

function linear({ state }: Widget): Scale {
  const isWhole = textIn(state, "_model_name").startsWith("Int");
  const format = textIn(state, "readout_format", isWhole ? "d" : ".2f");
  return {
    min: numberIn(state, "min", 0),
    max: numberIn(state, "max", 100),
    step: numberIn(state, "step", 0) || "any",
    place: (value) => value,
    value: (place) => (isWhole ? Math.round(place) : place),
    text: (value) => formatNumber(value, format),
    parse: (text) => {
      const value = numberOf(text);
      return value === null || !isWhole ? value : Math.round(value);
    },
  };
}

function ofItems({ state }: Widget): Scale {
  const labels = textsIn(state, "_options_labels");
  return {
    min: 0,
    max: Math.max(0, labels.length - 1),
    step: 1,
    place: (value) => value,
    value: Math.round,
    text: (index) => labels[index] ?? "",
  };
}

interface OneProps {
  readonly widget: Widget;
  readonly scale: Scale;
  readonly value: number;
  readonly trait: string;
}

function OneThumb({ widget, scale, value, trait }: OneProps) {
  const set = (next: number) => widget.set({ [trait]: next });
  return (
    <Described widget={widget} kind={styles.slider}>
      <Thumb
        widget={widget}
        scale={scale}
        value={value}
        id={widget.fieldId}
        onChange={set}
        {...nameOf(widget, widgetsText.value)}
      />
      <Readout
        widget={widget}
        text={scale.text(value)}
        onWrite={(text) => writtenValue(scale, text, set)}
        canWrite={scale.parse !== undefined}
      />
    </Described>
  );
}

interface TwoProps {
  readonly widget: Widget;
  readonly scale: Scale;
  readonly ends: readonly number[];
  readonly trait: string;
}

function TwoThumbs({ widget, scale, ends, trait }: TwoProps) {
  const [low = scale.min, high = scale.max] = ends;
  const setLow = (next: number) => widget.set({ [trait]: [Math.min(next, high), high] });
  const setHigh = (next: number) => widget.set({ [trait]: [low, Math.max(next, low)] });
  const write = (text: string) => {
    const [first = "", second = ""] = text.split(/\s*(?:–|:|\.\.|\sto\s|;)\s*|(?<=\d)\s*-\s*/);
    writtenValue(scale, first, (value) => setLow(value));
    writtenValue(scale, second, (value) =>
      widget.set({ [trait]: [numbersIn(widget.model.state.peek(), trait)[0] ?? low, value] }),
    );
  };
  return (
    <Described widget={widget} kind={styles.slider} group="group">
      <span class={styles.thumbs}>
        <span class={styles.track} style={{ "--low": part(scale, low), "--high": part(scale, high) }} />
        <Thumb widget={widget} scale={scale} value={low} onChange={setLow} aria-label={widgetsText.from} />
        <Thumb widget={widget} scale={scale} value={high} onChange={setHigh} aria-label={widgetsText.to} />
      </span>
      <Readout
        widget={widget}
        text={`${scale.text(low)} – ${scale.text(high)}`}
        onWrite={write}
        canWrite={scale.parse !== undefined}
      />
    </Described>
  );
}

/** How far along the track a value is. */
function part(scale: Scale, value: number): string {
  const length = scale.max - scale.min;
  return `${length > 0 ? ((scale.place(value) - scale.min) / length) * 100 : 0}%`;
}

interface ThumbProps {
  readonly widget: Widget;
  readonly scale: Scale;
  readonly value: number;
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly onChange: (value: number) => void;
}

function Thumb({ widget, scale, value, onChange, id, "aria-label": label }: ThumbProps) {
  const { store } = usePlace();
  const colour = textOrNone(styleOf(store, widget.state), "handle_color");
  const isContinuous = flagIn(widget.state, "continuous_update", true);
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? scale.place(value);
  const move = (event: Event, isDone: boolean) => {
    const place = (event.currentTarget as HTMLInputElement).valueAsNumber;
    setDragged(isDone || isContinuous ? null : place);
    if (isDone || isContinuous) onChange(scale.value(place));
  };
  return (
    <input
      type="range"
      class={styles.thumb}
      min={scale.min}
      max={scale.max}
      step={scale.step}
      value={shown}
      disabled={widget.disabled}
      aria-valuetext={scale.text(scale.value(shown))}
      aria-orientation={widget.state["orientation"] === "vertical" ? "vertical" : "horizontal"}
      onInput={(event) => move(event, false)}
      onChange={(event) => move(event, true)}
      {...(colour !== undefined && { style: { accentColor: colour } })}
      {...(id !== undefined && { id })}
      {...(label !== undefined && { "aria-label": label })}
    />
  );
}

interface ReadoutProps {
  readonly widget: Widget;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly canWrite: boolean;
}

/** The value in words, to be written over where it is a number. */
function Readout({ widget, text, onWrite, canWrite }: ReadoutProps) {
  if (!flagIn(widget.state, "readout", true)) return null;
  if (!canWrite) return <span class={styles.readout}>{text}</span>;
  const write = (event: Event) => {
    const field = event.currentTarget as HTMLInputElement;
    if (field.value !== text) onWrite(field.value);
    field.value = text; // what makes no sense leaves no trace; a new value comes with the next state
  };
  return (
    <input
      class={styles.readout}
      value={text}
      disabled={widget.disabled}
      aria-label={widgetsText.value}
      onChange={write}
    />
  );
}

function writtenValue(scale: Scale, text: string, set: (value: number) => void): void {
  const value = scale.parse?.(text) ?? null;
  if (value === null) return;
  const place = Math.min(scale.max, Math.max(scale.min, scale.place(value)));
  set(place === scale.place(value) ? value : scale.value(place));
}
