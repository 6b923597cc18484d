/** The versions of a notebook: when and how large, what has changed since, and a way back that can be undone. */
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { formatMoment } from "../i18n/formats";
import { notebookText } from "../i18n/notebook";
import { type CellChange, compare } from "./compare";
import { difference } from "./difference";
import type { Notebook } from "./model";
import type { OpenNotebook } from "./openNotebook";
import styles from "./Versions.module.css";
import type { Version } from "./versionsStore";

const text = notebookText.versions;

export function Versions({ notebook }: { readonly notebook: OpenNotebook }) {
  return notebook.versions.versions.value.at === "closed" ? null : <Shown notebook={notebook} />;
}

function Shown({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, versions } = notebook;
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
      cancelLabel={text.close}
      onCancel={() => versions.close()}
    >
      <div class={styles.versions}>
        {found.at === "loading" && <p>{text.loading}</p>}
        {found.at === "failed" && <p role="alert">{found.message}</p>}
        {found.at === "ready" && list.length === 0 && <p>{text.none}</p>}
        {list.length > 0 && (
          <div class={styles.list} role="group" aria-label={text.list}>
            {list.map((version) => (
              <Button
                key={version.id}
                label={labelOf(version)}
                variant="quiet"
                pressed={chosen.at !== "none" && chosen.id === version.id}
                onClick={() => void versions.choose(version.id)}
              />
            ))}
          </div>
        )}
        {then !== null && <Changes then={then} now={store.notebook} />}
      </div>
    </Dialog>
  );
}

function labelOf(version: Version): string {
  return `${formatMoment(version.at, true)}, ${text.size(version.size)}`;
}

function Changes({ then, now }: { readonly then: Notebook; readonly now: Notebook }) {
  const changes = compare(then, now);
  return (
    <div class={styles.changes} role="region" aria-label={text.changes} tabIndex={0}>
      {changes.every(({ kind }) => kind === "same") && <p>{text.nothing}</p>}
      {changes.map((change) => (
        <Cell key={`${change.kind} ${change.cell.id}`} change={change} />
      ))}
    </div>
  );
}

function Cell({ change }: { readonly change: CellChange }) {
  return (
    <section class={styles.cell}>
      {change.kind !== "same" && <h3 class={styles.kind}>{text.kinds[change.kind]}</h3>}
      <pre class={styles.source}>
        {change.lines.map((line, at) => (
          <div key={at} class={styles[line.change]}>
            {`${SIGNS[line.change]} ${line.text}`}
          </div>
        ))}
      </pre>
    </section>
  );
}

const SIGNS = { same: " ", added: "+", removed: "−" } as const;
