/** An Output widget: outputs as in a cell, which the server has captured for it. */
import { outputOf } from "../../wire/outputForm";
import { OutputView } from "../../outputs/OutputView";
import type { Output } from "../../wire/outputs";
import { WidgetBox } from "../Described";
import { usePlace, useWidget, type ViewProps } from "../traits";
import styles from "../widgets.module.css";

export function OutputShown({ model }: ViewProps) {
  const widget = useWidget(model);
  const { cellLabel, cell, trusted, folder } = usePlace();
  return (
    <WidgetBox widget={widget} kind={styles.output}>
      {outputsIn(widget.state["outputs"]).map((output, at) => (
        <OutputView
          key={at}
          output={output}
          cellLabel={cellLabel}
          trusted={trusted}
          folder={folder}
          place={`${cell ?? ""}/${model.id}-${at}`}
        />
      ))}
    </WidgetBox>
  );
}

function outputsIn(raw: unknown): readonly Output[] {
  if (!Array.isArray(raw)) return [];
  return raw.filter((one) => typeof one === "object" && one !== null && !Array.isArray(one)).map(outputOf);
}
