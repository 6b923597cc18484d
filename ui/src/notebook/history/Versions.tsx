/** The versions of a notebook: when and how large, what has changed since, how it looked, and a way back that can be undone. */
import { useState } from "preact/hooks";
import { Dialog } from "../../design/Dialog";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { formatMoment } from "../../i18n/formats";
import { historyText } from "../../i18n/history";
import { fileSize } from "../../i18n/size";
import { type CellChange, compare } from "../compare";
import { difference } from "../difference";
import type { Notebook } from "../model";
import type { OpenNotebook } from "../openNotebook";
import styles from "./History.module.css";
import { HistoryList } from "./HistoryList";
import { LineChanges } from "./LineChanges";
import { StillCells } from "./StillCells";
import { type View, ViewSwitch } from "./ViewSwitch";

const text = historyText.versions;

export function Versions({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, versions } = notebook;
  const [view, setView] = useState<View>("changes");
  const found = versions.versions.value;
  const chosen = versions.chosen.value;
  const then = chosen.at === "ready" ? chosen.notebook : null;
  const back = (): void => {
    if (then !== null) notebook.change({ edits: difference(store.notebook, then) });
    versions.close();
  };
  const list = found.at === "ready" ? found.list : [];
  return (
    <Dialog
      wide
      title={text.title(store.document.value.path.split("/").at(-1) ?? "")}
      actions={[{ label: text.restore, kind: "primary", disabled: then === null, run: back }]}
      cancelLabel={historyText.close}
      onCancel={() => versions.close()}
    >
      <div class={found.at === "ready" && list.length === 0 ? "" : styles.history}>
        {found.at === "loading" && <p>{historyText.loading}</p>}
        {found.at === "failed" && (
          <Spoken tag="p" isUrgent>
            <FromServer text={found.message} />
          </Spoken>
        )}
        {found.at === "ready" && list.length === 0 && <p>{text.none}</p>}
        {list.length > 0 && (
          <HistoryList
            label={text.list}
            items={list.map(({ id, at, size }) => ({
              id,
              title: formatMoment(at, true),
              detail: fileSize(size),
            }))}
            chosen={chosen.at === "none" ? null : chosen.id}
            onChoose={(id) => void versions.choose(id)}
          />
        )}
        {list.length > 0 && (
          <div class={styles.side}>
            <ViewSwitch view={view} changes={text.changes} onView={setView} />
            {then === null && <p>{historyText.loading}</p>}
            {then !== null && view === "changes" && <Changes then={then} now={store.notebook} />}
            {then !== null && view === "preview" && (
              <Preview key={chosen.at === "none" ? "" : chosen.id} then={then} notebook={notebook} />
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Preview({ then, notebook }: { readonly then: Notebook; readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  return (
    <div class={styles.shown} role="region" aria-label={text.preview} tabIndex={0}>
      <StillCells cells={then.cells} language={store.language.value} folder={store.folder.value} />
    </div>
  );
}

function Changes({ then, now }: { readonly then: Notebook; readonly now: Notebook }) {
  const changes = compare(then, now);
  return (
    <div class={styles.shown} role="region" aria-label={text.changes} tabIndex={0}>
      {changes.every(({ kind }) => kind === "same") && <p>{text.nothing}</p>}
      {changes.map((change) => (
        <ChangedCell key={`${change.kind} ${change.cell.id}`} change={change} />
      ))}
    </div>
  );
}

function ChangedCell({ change }: { readonly change: CellChange }) {
  return (
    <section class={styles.cell}>
      {change.kind !== "same" && <h3 class={styles.kind}>{historyText.kinds[change.kind]}</h3>}
      <LineChanges lines={change.lines} />
    </section>
  );
}
