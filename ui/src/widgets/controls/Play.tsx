/** Counts up by itself, step by step, until it is stopped. */
import { useEffect, useRef } from "preact/hooks";
import { widgetsText } from "../../i18n/widgets";
import { Described, useFont } from "../Described";
import { flagIn, numberIn, useWidget, type ViewProps } from "../traits";
import type { WidgetState } from "../widgetModel";
import styles from "../widgets.module.css";

const SHORTEST = 16; // milliseconds between two steps

/** What the next step changes. */
export function nextStep(state: WidgetState): WidgetState {
  const [min, max, step] = [numberIn(state, "min", 0), numberIn(state, "max", 100), numberIn(state, "step", 1)];
  const next = numberIn(state, "value", 0) + step;
  if (next <= max) return { value: next };
  return flagIn(state, "repeat") ? { value: min } : { playing: false };
}

export function Play({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const playing = flagIn(state, "playing") && !widget.disabled;
  const set = useRef(widget.set);
  set.current = widget.set;
  useEffect(() => {
    if (!playing) return;
    // A step after every change of the value: of two windows that both count, only one does at a time.
    const timer = setTimeout(
      () => set.current(nextStep(model.state.peek())),
      Math.max(SHORTEST, numberIn(state, "interval", 100)),
    );
    return () => clearTimeout(timer);
  }, [playing, state["value"], state["interval"], model]);
  const isAtEnd = numberIn(state, "value", 0) + numberIn(state, "step", 1) > numberIn(state, "max", 100);
  const toggle = () => {
    const again = isAtEnd && !flagIn(state, "repeat") ? { value: numberIn(state, "min", 0) } : {};
    widget.set(playing ? { playing: false } : { ...again, playing: true });
  };
  const button = (label: string, glyph: string, onClick: () => void, pressed?: boolean) => (
    <button
      type="button"
      class={styles.button}
      aria-label={label}
      title={label}
      disabled={widget.disabled}
      onClick={onClick}
      {...(pressed !== undefined && { "aria-pressed": pressed })}
    >
      <span aria-hidden="true">{glyph}</span>
    </button>
  );
  return (
    <Described widget={widget} kind={styles.choice} group="group">
      <div class={styles.play} style={useFont(widget)}>
        {button(playing ? widgetsText.pause : widgetsText.play, playing ? "❚❚" : "▶", toggle)}
        {button(widgetsText.stop, "■", () => widget.set({ playing: false, value: numberIn(state, "min", 0) }))}
        {flagIn(state, "show_repeat", true) &&
          button(
            widgetsText.repeat,
            "↻",
            () => widget.set({ repeat: !flagIn(state, "repeat") }),
            flagIn(state, "repeat"),
          )}
      </div>
    </Described>
  );
}
