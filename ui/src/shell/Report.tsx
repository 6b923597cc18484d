/** The report page: versions and the end of the log, to look through and to copy. Nothing is sent anywhere. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { copyText } from "../design/copyText";
import { Dialog } from "../design/Dialog";
import { FromServer } from "../design/FromServer";
import { Spoken } from "../design/Voice";
import { reportText } from "../i18n/report";
import styles from "./Report.module.css";
import { logText, type ReportStore, versionsText } from "./reportStore";

export interface ReportProps {
  readonly store: ReportStore;
  /** What the page knows itself: pairs of a name and a text. */
  readonly own: readonly (readonly [string, string])[];
  /** Opens the folder of the log, where the window can do that. */
  readonly openFolder: (() => void) | null;
  readonly close: () => void;
}

export function Report({ store, own, openFolder, close }: ReportProps) {
  const said = useSignal("");
  useEffect(() => void store.refresh(), [store]);
  const found = store.report.value;
  const pairs = [...(found.at === "ready" ? found.report.versions : []), ...own];
  const log = logText(found.at === "ready" ? found.report.log : "", store.errors.value);
  const copy = async (text: string): Promise<void> => {
    said.value = "";
    said.value = (await copyText(text)) ? reportText.copied : reportText.notCopied;
  };
  return (
    <Dialog
      wide
      title={reportText.title}
      onCancel={close}
      cancelLabel={reportText.close}
      actions={[
        ...(openFolder === null ? [] : [{ label: reportText.openFolder, run: openFolder }]),
        { label: reportText.copyLog, run: () => void copy(log), disabled: log === "" },
        { label: reportText.copyVersions, run: () => void copy(versionsText(pairs)) },
      ]}
    >
      <div class={styles.page}>
        <p>{reportText.intro}</p>
        <h3>{reportText.versions}</h3>
        <dl class={styles.versions}>
          {pairs.map(([name, version]) => (
            <div key={name} class={styles.row}>
              <dt>{name}</dt>
              <dd>{version}</dd>
            </div>
          ))}
        </dl>
        <h3>{reportText.log}</h3>
        {found.at === "failed" && (
          <p>
            <FromServer text={reportText.failed(found.message)} />
          </p>
        )}
        {log === "" ? (
          found.at !== "failed" && <p>{found.at === "loading" ? reportText.loading : reportText.noEntries}</p>
        ) : (
          <pre class={styles.log} tabIndex={0} role="region" aria-label={reportText.log}>
            {log}
          </pre>
        )}
        <Spoken tag="p" class={styles.said}>
          {said.value}
        </Spoken>
      </div>
    </Dialog>
  );
}
