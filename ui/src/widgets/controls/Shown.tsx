/** What is only looked at or listened to: progress, labels, HTML, images, sound, film. */
import { useEffect, useState } from "preact/hooks";
import { widgetsText } from "../../i18n/widgets";
import { Described, hasDescription, labelId, useFont, WidgetBox } from "../Described";
import { styleOf } from "../layout";
import { SafeHtml } from "../SafeHtml";
import { TextWithMath } from "../TextWithMath";
import { flagIn, numberIn, placeholderIn, textIn, textOrNone, usePlace, useWidget, type ViewProps } from "../traits";
import { asBytes } from "../widgetMessages";
import styles from "../widgets.module.css";
import { styleNamed } from "./Toggles";

export function Progress({ model }: ViewProps) {
  const widget = useWidget(model);
  const { store } = usePlace();
  const { state } = widget;
  const [min, max, value] = [numberIn(state, "min", 0), numberIn(state, "max", 100), numberIn(state, "value", 0)];
  const part = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  const colour = textOrNone(styleOf(store, state), "bar_color");
  const length = { [textIn(state, "orientation") === "vertical" ? "blockSize" : "inlineSize"]: `${part * 100}%` };
  return (
    <Described widget={widget} kind={styles.text} group="group">
      <div
        class={styles.progress}
        role="progressbar"
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        {...(hasDescription(widget) ? { "aria-labelledby": labelId(widget) } : { "aria-label": widgetsText.value })}
      >
        <div
          class={`${styles.bar ?? ""} ${styleNamed(textIn(state, "bar_style"))}`}
          style={{ ...length, ...(colour !== undefined && { background: colour }) }}
        />
      </div>
    </Described>
  );
}

export function LabelText({ model }: ViewProps) {
  const widget = useWidget(model);
  return (
    <WidgetBox widget={widget} kind={styles.label} style={useFont(widget)}>
      <TextWithMath text={textIn(widget.state, "value") || placeholderIn(widget.state)} />
    </WidgetBox>
  );
}

export function HtmlText({ model }: ViewProps) {
  const widget = useWidget(model);
  const math = textIn(widget.state, "_view_name") === "HTMLMathView";
  return (
    <Described widget={widget} kind={styles.html} group="group">
      <div class={styles.htmlContent} style={useFont(widget)}>
        <SafeHtml html={textIn(widget.state, "value") || placeholderIn(widget.state)} math={math} />
      </div>
    </Described>
  );
}

/** The address of a widget's bytes while it is shown. Those of the format `url` are an address themselves. */
function useAddress(value: unknown, type: string, isAddress: boolean): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const bytes = asBytes(value);
    if (bytes === null || bytes.length === 0) return setAddress(undefined);
    if (isAddress) return setAddress(harmless(new TextDecoder().decode(bytes)));
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [value, type, isAddress]);
  return address;
}

function harmless(address: string): string | undefined {
  return /^(https?|data|blob):|^[^:]*$/i.test(address) ? address : undefined;
}

export function ImageShown({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const format = textIn(state, "format", "png");
  const type = `image/${format === "svg" ? "svg+xml" : format}`;
  const address = useAddress(state["value"], type, format === "url");
  const size = { inlineSize: length(textIn(state, "width")), blockSize: length(textIn(state, "height")) };
  return (
    <WidgetBox widget={widget} kind={styles.media}>
      {address !== undefined && <img src={address} alt={textIn(state, "tooltip") || widgetsText.image} style={size} />}
    </WidgetBox>
  );
}

export function MediaShown({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const isFilm = textIn(state, "_view_name") === "VideoView";
  const format = textIn(state, "format", isFilm ? "mp4" : "mp3");
  const address = useAddress(state["value"], `${isFilm ? "video" : "audio"}/${format}`, format === "url");
  const attributes = {
    src: address,
    controls: flagIn(state, "controls", true),
    autoplay: flagIn(state, "autoplay", true),
    loop: flagIn(state, "loop", true),
    "aria-label": textIn(state, "tooltip") || (isFilm ? widgetsText.film : widgetsText.sound),
  };
  const size = { inlineSize: length(textIn(state, "width")), blockSize: length(textIn(state, "height")) };
  return (
    <WidgetBox widget={widget} kind={styles.media}>
      {address !== undefined && (isFilm ? <video {...attributes} style={size} /> : <audio {...attributes} />)}
    </WidgetBox>
  );
}

/** A number alone means pixels. */
function length(text: string): string {
  return /^\d+(\.\d+)?$/.test(text) ? `${text}px` : text;
}

export function Controller({ model }: ViewProps) {
  const widget = useWidget(model);
  return (
    <WidgetBox widget={widget} kind={styles.label}>
      {widgetsText.gamepad}
    </WidgetBox>
  );
}
