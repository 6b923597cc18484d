/** Widgets that hold others: in rows, columns and grids, in folding sections, behind tabs, one of a stack. */
import { Icon } from "../../design/Icon";
import { widgetsText } from "../../i18n/widgets";
import { WidgetBox } from "../Described";
import { numberOrNone, textIn, textsIn, useWidget, type ViewProps, type Widget } from "../traits";
import { type ModelId, referencesIn } from "../widgetModel";
import styles from "../widgets.module.css";
import { WidgetView } from "../WidgetView";
import { styleNamed } from "./Toggles";

const KINDS: Readonly<Record<string, string | undefined>> = {
  HBoxView: styles.row,
  VBoxView: styles.column,
  GridBoxView: styles.grid,
};

function children({ state }: Widget): readonly ModelId[] {
  return referencesIn(state["children"]);
}

export function Box({ model }: ViewProps) {
  const widget = useWidget(model);
  const kind = KINDS[textIn(widget.state, "_view_name")] ?? styles.row;
  return (
    <WidgetBox
      widget={widget}
      kind={`${styles.box ?? ""} ${kind ?? ""} ${styleNamed(textIn(widget.state, "box_style"))}`}
    >
      {children(widget).map((id, at) => (
        <WidgetView key={`${id}-${at}`} id={id} />
      ))}
    </WidgetBox>
  );
}

export function Accordion({ model }: ViewProps) {
  const widget = useWidget(model);
  const titles = titlesOf(widget);
  const open = numberOrNone(widget.state, "selected_index");
  return (
    <WidgetBox widget={widget} kind={styles.sections}>
      {children(widget).map((id, at) => (
        <div key={`${id}-${at}`} class={styles.section}>
          <button
            type="button"
            id={`${widget.fieldId}-head-${at}`}
            aria-expanded={at === open}
            aria-controls={`${widget.fieldId}-body-${at}`}
            onClick={() => widget.set({ selected_index: at === open ? null : at })}
          >
            <Icon name={at === open ? "chevron-down" : "chevron-right"} />
            {titles[at] || widgetsText.section(at + 1)}
          </button>
          <div
            id={`${widget.fieldId}-body-${at}`}
            role="region"
            aria-labelledby={`${widget.fieldId}-head-${at}`}
            hidden={at !== open}
          >
            {at === open && <WidgetView id={id} />}
          </div>
        </div>
      ))}
    </WidgetBox>
  );
}

export function Tabs({ model }: ViewProps) {
  const widget = useWidget(model);
  const ids = children(widget);
  const titles = titlesOf(widget);
  const open = numberOrNone(widget.state, "selected_index");
  const step = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || ids.length === 0) return;
    event.preventDefault();
    const next = ((open ?? 0) + by + ids.length) % ids.length;
    widget.set({ selected_index: next });
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <WidgetBox widget={widget} kind={styles.tabs}>
      <div role="tablist" class={styles.tabList} onKeyDown={step}>
        {ids.map((id, at) => (
          <button
            key={`${id}-${at}`}
            type="button"
            role="tab"
            id={`${widget.fieldId}-tab-${at}`}
            aria-selected={at === open}
            aria-controls={`${widget.fieldId}-panel`}
            tabIndex={at === (open ?? 0) ? 0 : -1}
            onClick={() => widget.set({ selected_index: at })}
          >
            {titles[at] || widgetsText.tab(at + 1)}
          </button>
        ))}
      </div>
      <div
        id={`${widget.fieldId}-panel`}
        role="tabpanel"
        class={styles.tabPanel}
        {...(open !== undefined && { "aria-labelledby": `${widget.fieldId}-tab-${open}` })}
      >
        <Chosen ids={ids} open={open} />
      </div>
    </WidgetBox>
  );
}

export function Stack({ model }: ViewProps) {
  const widget = useWidget(model);
  const ids = children(widget);
  return (
    <WidgetBox widget={widget} kind={styles.column}>
      <Chosen ids={ids} open={numberOrNone(widget.state, "selected_index")} />
    </WidgetBox>
  );
}

function Chosen({ ids, open }: { readonly ids: readonly ModelId[]; readonly open: number | undefined }) {
  const id = open === undefined ? undefined : ids[open];
  return id === undefined ? null : <WidgetView key={`${id}-${open}`} id={id} />;
}

/** ipywidgets 7 has them in `_titles`, by number. */
function titlesOf({ state }: Widget): readonly string[] {
  const old = state["_titles"];
  if (typeof old !== "object" || old === null) return textsIn(state, "titles");
  return Object.values(old).map(String);
}
