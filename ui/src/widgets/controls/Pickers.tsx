/** What is picked with the browser's own pickers: dates, times, both, colours, files. */
import { sentenceOf } from "../../i18n/sentenceOf";
import { widgetsText } from "../../i18n/widgets";
import { colourCode } from "../colours";
import { dateOf, dateText, momentOf, momentText, naiveOf, naiveText, timeOf, timeText } from "../dates";
import { Described, nameOf, useFont, WidgetBox } from "../Described";
import { Glyph } from "../Glyph";
import { flagIn, numberOrNone, textIn, textOrNone, useWidget, type ViewProps, type Widget } from "../traits";
import styles from "../widgets.module.css";
import { styleNamed } from "./Toggles";

interface Kind {
  readonly type: "date" | "time" | "datetime-local";
  readonly text: (raw: unknown) => string;
  readonly parse: (text: string) => unknown;
}

const DATE: Kind = { type: "date", text: dateText, parse: dateOf };
const TIME: Kind = { type: "time", text: timeText, parse: timeOf };
const NAIVE: Kind = { type: "datetime-local", text: naiveText, parse: naiveOf };
const MOMENT: Kind = { type: "datetime-local", text: momentText, parse: momentOf };

export const DatePicker = ({ model }: ViewProps) => <MomentField widget={useWidget(model)} kind={DATE} />;
export const TimePicker = ({ model }: ViewProps) => <MomentField widget={useWidget(model)} kind={TIME} />;

export function DatetimePicker({ model }: ViewProps) {
  const widget = useWidget(model);
  return (
    <MomentField widget={widget} kind={textIn(widget.state, "_model_name") === "NaiveDatetimeModel" ? NAIVE : MOMENT} />
  );
}

function MomentField({ widget, kind }: { readonly widget: Widget; readonly kind: Kind }) {
  const { state } = widget;
  const [min, max] = [kind.text(state["min"]), kind.text(state["max"])];
  const step = numberOrNone(state, "step");
  return (
    <Described widget={widget} kind={styles.text}>
      <input
        id={widget.fieldId}
        type={kind.type}
        class={styles.field}
        value={kind.text(state["value"])}
        disabled={widget.disabled}
        onChange={(event) => widget.set({ value: kind.parse(event.currentTarget.value) })}
        {...(min !== "" && { min })}
        {...(max !== "" && { max })}
        {...(step !== undefined && { step })}
        {...nameOf(widget, kind.type === "time" ? widgetsText.time : widgetsText.date)}
      />
    </Described>
  );
}

export function ColourPicker({ model }: ViewProps) {
  const widget = useWidget(model);
  const value = textIn(widget.state, "value", "black");
  const isConcise = flagIn(widget.state, "concise");
  const set = (event: Event) => widget.set({ value: (event.currentTarget as HTMLInputElement).value });
  return (
    <Described widget={widget} kind={`${styles.text ?? ""} ${isConcise ? (styles.concise ?? "") : ""}`}>
      {!isConcise && (
        <input
          class={styles.field}
          value={value}
          disabled={widget.disabled}
          aria-label={widgetsText.colourName}
          spellcheck={false}
          onChange={set}
        />
      )}
      <input
        id={widget.fieldId}
        type="color"
        class={styles.colour}
        value={colourCode(value)}
        disabled={widget.disabled}
        onInput={set}
        {...nameOf(widget, widgetsText.colour)}
      />
    </Described>
  );
}

const MOST_BYTES = 40_000_000; // of all files together: they travel as one message

export function FileUpload({ model }: ViewProps) {
  const widget = useWidget(model);
  const { state } = widget;
  const count = Array.isArray(state["value"]) ? state["value"].length : 0;
  const error = textOrNone(state, "error");
  const take = async (field: HTMLInputElement) => {
    const files = [...(field.files ?? [])];
    field.value = ""; // the same file may be chosen again
    if (files.length > 0) widget.set(await filesOf(files));
  };
  return (
    <WidgetBox widget={widget} kind={styles.buttonBox}>
      <label
        class={`${styles.button ?? ""} ${styles.upload ?? ""} ${styleNamed(textIn(state, "button_style"))}`}
        style={useFont(widget)}
      >
        <Glyph name={textIn(state, "icon", "upload")} />
        {`${textIn(state, "description") || widgetsText.upload} (${count})`}
        <input
          type="file"
          accept={textIn(state, "accept")}
          multiple={flagIn(state, "multiple")}
          disabled={widget.disabled}
          onChange={(event) => void take(event.currentTarget)}
        />
      </label>
      {error !== undefined && <span class={styles.isInvalid}>{error}</span>}
    </WidgetBox>
  );
}

async function filesOf(files: readonly File[]): Promise<Readonly<Record<string, unknown>>> {
  const tooLarge = files.find((_, at) => files.slice(0, at + 1).reduce((sum, { size }) => sum + size, 0) > MOST_BYTES);
  if (tooLarge !== undefined) return { error: widgetsText.tooManyBytes(tooLarge.name) };
  try {
    const value = await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        type: file.type,
        size: file.size,
        last_modified: file.lastModified,
        content: new DataView(await file.arrayBuffer()),
      })),
    );
    return { value, error: "" };
  } catch (error) {
    return { error: sentenceOf(error) };
  }
}
