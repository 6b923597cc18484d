/** A widget as an output of a cell. What a lazy chunk of the notebook is made of: `WidgetRoot` and the store. */
import { widgetsText } from "../i18n/widgets";
import { type Place, WidgetPlace } from "./traits";
import styles from "./widgets.module.css";
import { Note, WidgetView } from "./WidgetView";

export { seenModels, withSavedState } from "./savedState";
export { WidgetStore } from "./widgetStore";

export interface WidgetRootProps extends Place {
  readonly model: string;
}

/** Esc gives the keyboard back to the cell. */
function leave(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key === "Escape") event.currentTarget.closest<HTMLElement>("[role=listitem]")?.focus();
}

export function WidgetRoot({ model, ...place }: WidgetRootProps) {
  const found = place.store.find(model).value;
  const hasEnded = found.at === "here" && !found.model.alive.value;
  return (
    <WidgetPlace.Provider value={place}>
      <div class={styles.root} data-keys="own" onKeyDown={leave}>
        {hasEnded && <Note text={widgetsText.ended} />}
        <WidgetView id={model} />
      </div>
    </WidgetPlace.Provider>
  );
}
