/** The kernels that an earlier run of the program has left: what they hold, and what can be done with them. */
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { formatMoment } from "../../i18n/formats";
import { fileSize } from "../../i18n/size";
import { workspaceText } from "../../i18n/workspace";
import panel from "../panel.module.css";
import styles from "./RunningPanel.module.css";
import type { LeftAction, LeftKernel, RunningStore } from "./runningStore";

const text = workspaceText.running;

export interface LeftKernelsProps {
  readonly store: RunningStore;
  /** Does the action, after a question where one is due. */
  readonly act: (action: LeftAction, kernel: LeftKernel) => void;
}

export function LeftKernels({ store, act }: LeftKernelsProps) {
  const kernels = store.left.value;
  if (kernels.length === 0) return null;
  return (
    <section class={styles.leftKernels} aria-label={text.left}>
      <h3 class={styles.heading}>{text.left}</h3>
      <p class={panel.note}>{text.leftNote}</p>
      <ul role="list" class={styles.list}>
        {kernels.map((kernel) => (
          <LeftRow key={kernel.name} kernel={kernel} pending={store.pending.value.has(kernel.name)} act={act} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly kernel: LeftKernel;
  readonly pending: boolean;
  readonly act: LeftKernelsProps["act"];
}

function LeftRow({ kernel, pending, act }: RowProps) {
  const { displayName, memory, notebooks, reach } = kernel;
  const name = reach === "later" ? text.leftLater : text.leftName(notebooks);
  const what = [displayName, memory > 0 ? fileSize(memory) : ""].filter(Boolean).join(" · ");
  const from = fromOf(kernel);
  return (
    <li class={styles.item}>
      <div class={styles.left} title={name}>
        <Icon name="notebook" />
        <span class={styles.label}>{name}</span>
      </div>
      {what !== "" && <div class={styles.fact}>{what}</div>}
      {from !== "" && <div class={styles.fact}>{from}</div>}
      {kernel.runs && <div class={styles.fact}>{text.leftRuns}</div>}
      {reach !== "reachable" && reach !== "later" && <div class={styles.fact}>{text.reach[reach]}</div>}
      <div class={styles.deeds}>
        {reach === "reachable" && (
          <Button
            label={text.takeOver}
            title={text.actionFor(text.takeOver, name)}
            disabled={pending}
            onClick={() => act("takeOver", kernel)}
          />
        )}
        {reach !== "later" && (
          <Button
            label={reach === "elsewhere" ? text.forget : text.end}
            title={text.actionFor(reach === "elsewhere" ? text.forget : text.end, name)}
            variant="quiet"
            disabled={pending}
            onClick={() => act("end", kernel)}
          />
        )}
      </div>
    </li>
  );
}

/** Where and since when it has run. */
function fromOf({ folder, since }: LeftKernel): string {
  return [folder === "" ? "" : text.leftFolder(folder), since === null ? "" : text.leftSince(formatMoment(since))]
    .filter(Boolean)
    .join(" · ");
}
