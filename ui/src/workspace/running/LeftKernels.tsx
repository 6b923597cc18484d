/** The kernels that an earlier run of the program has left: what they hold, and what can be done with them. */
import { IconButton } from "../../design/Button";
import { workspaceText } from "../../i18n/workspace";
import panel from "../panel.module.css";
import { showSize } from "../textFile/textFileStore";
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
    <section aria-label={text.left}>
      <h3 class={panel.title}>{text.left}</h3>
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
  const isLater = kernel.displayName === "";
  const name = isLater ? text.leftLater : text.leftName(kernel.notebooks);
  const memory = kernel.memory > 0 ? ` · ${showSize(kernel.memory)}` : "";
  return (
    <li class={styles.item}>
      <span class={styles.label}>{name}</span>
      <div class={styles.below}>
        <span class={styles.state}>
          {kernel.displayName}
          {memory}
        </span>
        <IconButton
          icon="run"
          label={text.actionFor(text.takeOver, name)}
          title={text.takeOver}
          disabled={pending || !kernel.reachable}
          onClick={() => act("takeOver", kernel)}
        />
        <IconButton
          icon="close"
          label={text.actionFor(text.end, name)}
          title={text.end}
          disabled={pending || isLater}
          onClick={() => act("end", kernel)}
        />
      </div>
    </li>
  );
}
