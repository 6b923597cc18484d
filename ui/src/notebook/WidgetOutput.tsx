/** A widget as an output: a line until what shows widgets has been loaded, then the widget. */
import { useEffect } from "preact/hooks";
import { widgetsText } from "../i18n/widgets";
import type { WidgetOutputProps } from "../outputs/place";
import styles from "./OutputArea.module.css";
import type { NotebookWidgets } from "./notebookWidgets";

export function widgetOutput(widgets: NotebookWidgets) {
  return function WidgetOutput(props: WidgetOutputProps) {
    const shown = widgets.shown.value;
    useEffect(() => void widgets.load(), []);
    if (shown === null) {
      return <p class={styles.waiting}>{widgets.failed.value ? widgetsText.notLoaded : widgetsText.loading}</p>;
    }
    return <shown.chunk.WidgetRoot {...props} store={shown.store} />;
  };
}
