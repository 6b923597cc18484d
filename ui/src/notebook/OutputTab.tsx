/** One output alone, in a tab: all of it, following what its cell makes of it as long as it is there. */
import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { OutputView } from "../outputs/OutputView";
import { Host } from "../outputs/place";
import { Scrolled } from "../outputs/SoftLimit";
import type { Output } from "../wire/outputs";
import type { CellId } from "./model";
import styles from "./OutputTab.module.css";
import type { OpenNotebook } from "./openNotebook";

export interface OutputTabProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
  /** Which of the cell's outputs, from 0. */
  readonly index: number;
  /** For readers: “cell 12”. */
  readonly label: string;
}

export function OutputTab({ notebook, id, index, label }: OutputTabProps) {
  const { store } = notebook;
  const cell = store.cell(id);
  const last = useRef<Output | null>(null);
  const output = useComputed(() => cell?.value.outputs?.[index] ?? null).value ?? last.current;
  const trusted = useComputed(() => notebook.trust.isTrusted(id)).value;
  last.current = output;
  return (
    <div class={styles.tab} tabIndex={-1}>
      {output === null ? (
        <p class={styles.empty}>{outputsText.empty}</p>
      ) : (
        <Host.Provider value={notebook.outputHost}>
          <Scrolled.Provider value={false}>
            <OutputView
              output={output}
              cellLabel={label}
              trusted={trusted}
              folder={store.folder.value}
              place={`${id}/${index}`}
            />
          </Scrolled.Provider>
        </Host.Provider>
      )}
    </div>
  );
}
