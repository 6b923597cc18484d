/** The left edge of a code cell: the run button, and how the cell stands: its number, its place in the queue, its time. */
import { useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { IconButton } from "../design/Button";
import { notebookText } from "../i18n/notebook";
import { type CellState, cellState, type Doubt, doubtOf, type EndWord, endWord } from "./cellState";
import { duration, ordinal } from "../wire/duration";
import styles from "./Gutter.module.css";
import type { CellId } from "./model";
import type { CellRun } from "./notebookStore";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.cell;
const WORTH_SHOWING = 2; // seconds: a run that took longer shows its time without being asked

export interface GutterProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
  readonly isActive: boolean;
}

export function Gutter({ notebook, id, isActive }: GutterProps) {
  const state = useComputed(() => cellState(notebook.store, id)).value;
  const doubt = useComputed(() => doubtOf(notebook.store, notebook.runHistory, id)).value;
  const end = useComputed(() => endWord(notebook.store, notebook.runHistory, id)).value;
  const isRunning = state.at === "running";
  const { offline, offlineRun } = notebookText.notices;
  const refusal = !notebook.store.isOffline.value ? "" : isRunning ? offline : offlineRun;
  return (
    <div class={styles.gutter} data-gutter="">
      <span class={isRunning ? styles.shown : styles.button}>
        <IconButton
          icon={isRunning ? "stop" : "run"}
          label={isRunning ? text.stop : text.run}
          refusal={refusal}
          tabIndex={isActive ? 0 : -1}
          onClick={() => {
            if (isRunning) notebook.runCommand("kernel.interrupt");
            else notebook.run([id]);
          }}
        />
      </span>
      <Standing state={state} doubt={doubt} end={end} />
    </div>
  );
}

/** Beside a cell that never runs: only what its looks do not tell. */
export function RawGutter() {
  return (
    <div class={styles.gutter} data-gutter="">
      <span class={styles.count}>{notebookText.bar.types.raw}</span>
    </div>
  );
}

interface StandingProps {
  readonly state: CellState;
  readonly doubt: Doubt | null;
  readonly end: EndWord | null;
}

function Standing({ state, doubt, end }: StandingProps) {
  switch (state.at) {
    case "running":
      return (
        <>
          <span class={styles.busy}>[*]</span>
          <Elapsed since={state.since} />
        </>
      );
    case "queued":
      return (
        <>
          <span class={styles.busy} title={text.waiting(ordinal(state.place))}>
            [*]
          </span>
          <span class={styles.time}>{ordinal(state.place)}</span>
        </>
      );
    case "rest":
      return <Rest count={state.count} run={state.run} doubt={doubt} end={end} />;
  }
}

interface RestProps {
  readonly count: number | null;
  readonly run: CellRun | null;
  readonly doubt: Doubt | null;
  readonly end: EndWord | null;
}

function Rest({ count, run, doubt, end }: RestProps) {
  const title = doubt === null ? titleOf(run) : text[doubt];
  const took = run?.seconds ?? 0;
  const marked = doubt === "edited" || doubt === "outOfOrder" || doubt === "skipped";
  const isOld = doubt === "fromFile" || doubt === "beforeRestart";
  const classes = [styles.count, isOld && styles.old, marked && styles.dim];
  const shown = count ?? " ";
  return (
    <>
      <span class={classes.filter(Boolean).join(" ")} title={title}>
        {count !== null && count > 999 ? shown : `[${shown}]`}
        {marked && <i class={`${styles.dot ?? ""} ${styles[doubt] ?? ""}`} aria-hidden="true" />}
      </span>
      {end !== null && <span class={`${styles.word ?? ""} ${styles[end] ?? ""}`}>{text.endWords[end]}</span>}
      {took > 0 && <span class={took > WORTH_SHOWING ? styles.time : styles.hoverTime}>{duration(took)}</span>}
    </>
  );
}

function titleOf(run: CellRun | null): string {
  if (run === null) return "";
  if (run.status === "interrupted") return text.interrupted;
  if (run.status === "died") return text.died;
  return run.seconds === null ? "" : text.lasted(duration(run.seconds));
}

/** The time since the run began: ten times a second for ten seconds, then every second. */
function Elapsed({ since }: { readonly since: Date | null }) {
  const [mounted] = useState(() => Date.now());
  const [now, setNow] = useState(mounted);
  // The server's clock may be another one than ours: a run never began after we have heard of it.
  const seconds = Math.max(0, now - Math.min(since?.getTime() ?? mounted, mounted)) / 1000;
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), seconds < 10 ? 100 : 1_000);
    return () => clearTimeout(timer);
  }, [now]);
  return <span class={styles.time}>{duration(seconds)}</span>;
}
