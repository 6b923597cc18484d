/** The outputs of a cell, and the field for a line that the kernel waits for. */
import { useComputed } from "@preact/signals";
import { useContext, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../design/Button";
import { notebookText } from "../i18n/notebook";
import { InputField } from "../outputs/InputField";
import { Host, TabStops } from "../outputs/place";
import { Scrolled } from "../outputs/SoftLimit";
import type { Output } from "../wire/outputs";
import { isHidden, isScrolled, toggleHidden } from "./cellActions";
import type * as Many from "./ManyOutputs";
import type { CellId } from "./model";
import type { OpenNotebook } from "./openNotebook";
import styles from "./OutputArea.module.css";
import { PIECE } from "./outputDivision";
import { SteadyOutput } from "./SteadyOutput";

const text = notebookText.cell;
const PATIENCE = 400; // milliseconds for which the place of cleared outputs is kept while the cell runs
const NONE: readonly Output[] = [];

export interface OutputAreaProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
  /** For readers: “cell 12”. */
  readonly label: string;
}

export function OutputArea({ notebook, id, label }: OutputAreaProps) {
  const { store } = notebook;
  const cell = store.cell(id);
  const outputs = useComputed(() => cell?.value.outputs ?? NONE).value;
  const hidden = useComputed(() => cell !== undefined && isHidden(cell.value, "outputs")).value;
  const scrolled = useComputed(() => (cell === undefined ? null : isScrolled(cell.value))).value;
  const isRunning = useComputed(() => store.run.value.running === id).value;
  const trusted = useComputed(() => notebook.trust.isTrusted(id)).value;
  const isActive = useComputed(() => store.selection.active.value === id).value;
  const area = useKeptHeight(outputs.length === 0 && isRunning);
  if (hidden && outputs.length > 0) {
    return (
      <div class={styles.hidden}>
        <span>{text.outputHidden}</span>
        <Button
          label={text.show}
          variant="quiet"
          onClick={() => notebook.change(toggleHidden(store.notebook, [id], "outputs"))}
        />
      </div>
    );
  }
  return (
    <div ref={area} class={styles.area} data-searched="outputs">
      <Host.Provider value={notebook.outputHost}>
        <TabStops.Provider value={isActive}>
          <Scrolled.Provider value={scrolled}>
            <div
              class={scrolled === true && outputs.length > 0 ? styles.scrolled : undefined}
              {...(scrolled === true && outputs.length > 0 && { tabIndex: 0 })} // a scroller that has nothing to focus in it
            >
              <Outputs outputs={outputs} cell={id} cellLabel={label} trusted={trusted} folder={store.folder.value} />
            </div>
          </Scrolled.Provider>
        </TabStops.Provider>
      </Host.Provider>
      <Input notebook={notebook} id={id} />
    </div>
  );
}

interface OutputsProps {
  readonly outputs: readonly Output[];
  readonly cell: CellId;
  readonly cellLabel: string;
  readonly trusted: boolean;
  readonly folder: string;
}

/** The first ones; what there is behind them is shown by what is loaded when a cell has so many for the first time. */
function Outputs({ outputs, cell, ...others }: OutputsProps) {
  const loaded = useContext(Host)?.memory.choice<typeof Many | null>("many outputs", null);
  const isScrolled = useContext(Scrolled) === true;
  const areMany = outputs.length > PIECE;
  useEffect(() => {
    if (!areMany || loaded?.peek() !== null) return;
    import("./ManyOutputs").then(
      (module) => (loaded.value = module),
      () => undefined, // asked again when the cell comes back: the banner says that there is no connection
    );
  }, [areMany]);
  const many = areMany ? (loaded?.value ?? null) : null;
  return (
    <>
      {outputs.slice(0, PIECE).map((output, index) => (
        <SteadyOutput key={index} output={output} place={`${cell}/${index}`} {...others} />
      ))}
      {many !== null && (
        <many.ManyOutputs key={isScrolled ? "scrolled" : "open"} outputs={outputs} cell={cell} {...others} />
      )}
    </>
  );
}

function Input({ notebook, id }: { readonly notebook: OpenNotebook; readonly id: CellId }) {
  const { store } = notebook;
  const { offline } = notebookText.notices;
  const request = useComputed(() => (store.input.value?.cell === id ? store.input.value : null)).value;
  const asked = useRef({ request, times: 0 });
  if (asked.current.request !== request) asked.current = { request, times: asked.current.times + 1 };
  if (request === null) return null;
  return (
    <InputField
      key={asked.current.times} // another question begins with an empty field: no password in sight
      prompt={request.prompt}
      password={request.password}
      refusal={store.isOffline.value ? offline : ""}
      onSubmit={(value) => {
        if (store.isOffline.peek()) return store.announce(offline, true); // what was typed stays
        notebook.document.input(value);
        notebook.page?.focus(); // the field goes, and the keyboard must not be nowhere
      }}
      onCancel={() => notebook.runCommand("kernel.interrupt")}
    />
  );
}

/** A cell that runs again keeps its height for a moment, so that what is below does not jump up and down. */
function useKeptHeight(isEmpty: boolean) {
  const area = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    if (!isEmpty) {
      height.current = 0;
      return () => {
        height.current = element.offsetHeight; // as it is before the next state is drawn
      };
    }
    element.style.minHeight = `${height.current}px`;
    const timer = setTimeout(() => (element.style.minHeight = ""), PATIENCE);
    return () => {
      clearTimeout(timer);
      element.style.minHeight = "";
    };
  }, [isEmpty]);
  return area;
}
