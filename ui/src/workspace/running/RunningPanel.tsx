/** The kernels that run: their notebook, what they are, their state in a word, and three actions. */
import { Button, IconButton } from "../../design/Button";
import { FromServer } from "../../design/FromServer";
import { Icon } from "../../design/Icon";
import { Spoken } from "../../design/Voice";
import { workspaceText } from "../../i18n/workspace";
import panel from "../panel.module.css";
import { nameOf } from "../paths";
import styles from "./RunningPanel.module.css";
import { LeftKernels, type LeftKernelsProps } from "./LeftKernels";
import type { RunningAction, RunningKernel, RunningStore } from "./runningStore";

const text = workspaceText.running;

export interface RunningPanelProps {
  readonly store: RunningStore;
  readonly open: (path: string) => void;
  /** Does the action, after a question where one is due. */
  readonly act: (action: RunningAction, kernel: RunningKernel) => void;
}

interface LeftProps {
  readonly actOnLeft: LeftKernelsProps["act"];
}

export function RunningPanel({ store, open, act, actOnLeft }: RunningPanelProps & LeftProps) {
  return (
    <section class={panel.panel} aria-label={text.title}>
      <header class={panel.header}>
        <h2 class={panel.title}>{text.title}</h2>
        <IconButton icon="restart" label={text.refresh} onClick={() => void store.refresh()} />
      </header>
      {store.problem.value !== "" && (
        <Spoken tag="p" class={panel.problem} isUrgent>
          <FromServer text={store.problem.value} />
        </Spoken>
      )}
      <RunningList store={store} open={open} act={act} />
      <LeftKernels store={store} act={actOnLeft} />
    </section>
  );
}

function RunningList({ store, open, act }: RunningPanelProps) {
  const list = store.list.value;
  if (list.at === "loading") return <p class={panel.note}>{text.loading}</p>;
  if (list.at === "failed") {
    return (
      <Spoken tag="div" class={panel.note} isUrgent>
        <p>
          <FromServer text={text.failed(list.message)} />
        </p>
        <Button label={text.refresh} onClick={() => void store.refresh()} />
      </Spoken>
    );
  }
  if (list.kernels.length === 0) return <p class={panel.note}>{text.none}</p>;
  return (
    <ul role="list" class={styles.list}>
      {list.kernels.map((kernel) => (
        <RunningRow
          key={kernel.sessionId}
          kernel={kernel}
          pending={store.pending.value.has(kernel.sessionId)}
          open={open}
          act={act}
        />
      ))}
    </ul>
  );
}

interface RowProps extends Pick<RunningPanelProps, "open" | "act"> {
  readonly kernel: RunningKernel;
  readonly pending: boolean;
}

function RunningRow({ kernel, pending, open, act }: RowProps) {
  const name = nameOf(kernel.path);
  const button = (action: RunningAction, icon: string) => (
    <IconButton
      icon={icon}
      label={text.actionFor(text[action], name)}
      title={text[action]}
      disabled={pending || (action === "interrupt" && kernel.state !== "busy")}
      onClick={() => act(action, kernel)}
    />
  );
  return (
    <li class={styles.item}>
      <button
        type="button"
        class={styles.name}
        title={kernel.path}
        aria-label={text.open(name)}
        onClick={() => open(kernel.path)}
      >
        <Icon name="notebook" />
        <span class={styles.label}>{name}</span>
      </button>
      <div class={styles.below}>
        <span class={`${styles.state ?? ""} ${kernel.state === "dead" ? (styles.dead ?? "") : ""}`}>
          {kernel.displayName} · {text.state[kernel.state]}
        </span>
        {button("interrupt", "stop")}
        {button("restart", "restart")}
        {button("shutDown", "close")}
      </div>
    </li>
  );
}
