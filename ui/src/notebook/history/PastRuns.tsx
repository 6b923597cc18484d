/** The past runs of a cell: when, how long, with what memory; what was run and what came of it, beside what is there now. */
import { useState } from "preact/hooks";
import { Dialog } from "../../design/Dialog";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { formatMoment } from "../../i18n/formats";
import { historyText } from "../../i18n/history";
import { duration } from "../../wire/duration";
import type { Output } from "../../wire/outputs";
import { compareLines } from "../compare";
import type { Edit } from "../edits";
import type { Cell } from "../model";
import type { OpenNotebook } from "../openNotebook";
import styles from "./History.module.css";
import { type HistoryItem, HistoryList } from "./HistoryList";
import { LineChanges } from "./LineChanges";
import { plainOutputs } from "./plainOutputs";
import type { ChosenRun, PastRun, PastRunContent } from "./pastRunsStore";
import { restoreAll, restoreSource, showsOutputs } from "./restoreRun";
import { StillCode, StillOutputs } from "./StillCells";
import { type View, ViewSwitch } from "./ViewSwitch";

const text = historyText.runs;

export function PastRuns({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, pastRuns } = notebook;
  const found = pastRuns.runs.value;
  const chosen = pastRuns.chosen.value;
  if (found.at === "closed") return null;
  const cell = store.cell(found.cell)?.value;
  const place = (store.places.value.get(found.cell) ?? 0) + 1;
  const runs = store.run.value.running === found.cell;
  const restore = (edits: (cell: Cell, run: PastRun, content: PastRunContent) => readonly Edit[]) => (): void => {
    if (cell !== undefined && chosen.at === "ready")
      notebook.change({ edits: edits(cell, chosen.run, chosen.content) });
    pastRuns.close();
  };
  const isReady = cell !== undefined && chosen.at === "ready";
  return (
    <Dialog
      wide
      title={text.title(place)}
      actions={[
        {
          label: text.restoreAll,
          disabled: !isReady || runs,
          run: restore(restoreAll),
        },
        {
          label: text.restoreSource,
          kind: "primary",
          disabled: !isReady,
          run: restore((now, _, content) => restoreSource(now, content)),
        },
      ]}
      cancelLabel={historyText.close}
      onCancel={() => pastRuns.close()}
    >
      <div class={found.at === "ready" && found.list.length === 0 ? "" : styles.history}>
        {found.at === "loading" && <p>{historyText.loading}</p>}
        {found.at === "failed" && (
          <Spoken tag="p" isUrgent>
            <FromServer text={found.message} />
          </Spoken>
        )}
        {found.at === "ready" && found.list.length === 0 && <p>{text.none}</p>}
        {found.at === "ready" && found.list.length > 0 && (
          <>
            <HistoryList
              label={text.list}
              items={found.list.map(itemOf)}
              chosen={chosen.at === "none" ? null : chosen.run.id}
              onChoose={(id) => {
                const run = found.list.find((one) => one.id === id);
                if (run !== undefined) void pastRuns.choose(run);
              }}
            />
            <Side notebook={notebook} chosen={chosen} cell={cell} place={place} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function itemOf({ id, at, seconds, memory, status, count }: PastRun): HistoryItem {
  const trouble = text.statuses[status];
  const details = [count === null ? "" : `[${count}]`, took(seconds), memory === null ? "" : text.memory(memory)];
  return {
    id,
    title: formatMoment(at, true),
    detail: details.filter(Boolean).join(" · "),
    ...(trouble !== "" && { trouble }),
  };
}

function took(seconds: number): string {
  return seconds < 0.1 ? text.milliseconds(Math.round(seconds * 1_000)) : duration(seconds);
}

interface SideProps {
  readonly notebook: OpenNotebook;
  readonly chosen: ChosenRun;
  readonly cell: Cell | undefined;
  readonly place: number;
}

function Side({ notebook, chosen, cell, place }: SideProps) {
  const [view, setView] = useState<View>("preview");
  return (
    <div class={styles.side}>
      <ViewSwitch view={view} changes={text.changes} onView={setView} />
      {cell === undefined && (
        <Spoken tag="p" isUrgent>
          {text.gone}
        </Spoken>
      )}
      {chosen.at === "loading" && <p>{historyText.loading}</p>}
      {chosen.at === "failed" && (
        <Spoken tag="p" isUrgent>
          <FromServer text={chosen.message} />
        </Spoken>
      )}
      {chosen.at === "ready" && (
        <div
          key={chosen.run.id}
          class={styles.shown}
          role="region"
          aria-label={view === "changes" ? text.changes : text.preview}
          tabIndex={0}
        >
          {!chosen.run.whole && <p class={styles.kind}>{text.partly}</p>}
          {view === "preview" || cell === undefined ? (
            <Preview notebook={notebook} content={chosen.content} place={place} />
          ) : (
            <Changes notebook={notebook} content={chosen.content} cell={cell} place={place} />
          )}
        </div>
      )}
    </div>
  );
}

interface ContentProps {
  readonly notebook: OpenNotebook;
  readonly content: PastRunContent;
  readonly place: number;
}

function Preview({ notebook, content, place }: ContentProps) {
  const { store } = notebook;
  return (
    <>
      <StillCode source={content.source} language={store.language.value} />
      {content.outputs.length === 0 && <p class={styles.kind}>{text.noOutputs}</p>}
      <StillOutputs outputs={content.outputs} place={place} folder={store.folder.value} />
    </>
  );
}

function Changes({ notebook, content, place, cell }: ContentProps & { readonly cell: Cell }) {
  const folder = notebook.store.folder.value;
  const isSame = showsOutputs(cell, content);
  return (
    <>
      {cell.source === content.source && <p class={styles.kind}>{text.sameSource}</p>}
      <LineChanges lines={compareLines(content.source, cell.source)} />
      {isSame ? (
        <p class={styles.kind}>{text.sameOutputs}</p>
      ) : (
        <ChangedOutputs then={content.outputs} now={cell.outputs ?? []} place={place} folder={folder} />
      )}
    </>
  );
}

interface ChangedOutputsProps {
  readonly then: readonly Output[];
  readonly now: readonly Output[];
  readonly place: number;
  readonly folder: string;
}

/** Text by lines, all else side by side. */
function ChangedOutputs({ then, now, ...others }: ChangedOutputsProps) {
  const [before, after] = [plainOutputs(then), plainOutputs(now)];
  if (before !== null && after !== null) {
    return (
      <>
        <h3 class={styles.kind}>{text.outputs}</h3>
        <LineChanges lines={compareLines(before, after)} />
      </>
    );
  }
  return (
    <div class={styles.columns}>
      <section>
        <h3 class={styles.kind}>{text.then}</h3>
        <StillOutputs outputs={then} {...others} />
      </section>
      <section>
        <h3 class={styles.kind}>{text.now}</h3>
        <StillOutputs outputs={now} {...others} />
      </section>
    </div>
  );
}
