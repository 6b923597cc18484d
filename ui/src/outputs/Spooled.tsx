/** Under a stream of which the middle is left out: how much that is, and the whole of it, to be read or saved. */
import { useState } from "preact/hooks";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { FromServer } from "../design/FromServer";
import { Spoken } from "../design/Voice";
import { outputsText } from "../i18n/outputs";
import { requestRange, serverUrl } from "../wire/http";
import { LongText } from "./LongText";
import styles from "./Spooled.module.css";
import { type LeftOut, type Page, showBytes, spoolAddress, SpoolReader } from "./spool";
import { TextLines } from "./textLines";

export function Spooled({ left }: { readonly left: LeftOut }) {
  const [reader, setReader] = useState<SpoolReader | null>(null);
  const { id, characters, whole } = left;
  const open = (id: string) => {
    const made = new SpoolReader((start, end) => requestRange(spoolAddress(id), start, end));
    void made.go(0);
    setReader(made);
  };
  return (
    <div class={styles.bar}>
      <span class={styles.said}>{outputsText.leftOut(characters, id === null ? null : whole)}</span>
      {id !== null && (
        <>
          <Button label={outputsText.showWhole} popup="dialog" onClick={() => open(id)} />
          <a href={serverUrl(`${spoolAddress(id)}?download=1`).href} download={`output-${id}.txt`}>
            {outputsText.download}
          </a>
        </>
      )}
      {reader !== null && (
        <Dialog
          title={outputsText.wholeOutput}
          actions={[]}
          cancelLabel={outputsText.close}
          onCancel={() => setReader(null)}
          wide
        >
          <Reader reader={reader} />
        </Dialog>
      )}
    </div>
  );
}

function Reader({ reader }: { readonly reader: SpoolReader }) {
  const page = reader.page.value;
  const last = reader.pages - 1;
  const go = (to: number) => void reader.go(Math.min(last, Math.max(0, to)));
  return (
    <div class={styles.reader}>
      <div class={styles.pager}>
        <Button label={outputsText.firstPage} disabled={page === 0} onClick={() => go(0)} />
        <Button label={outputsText.previousPage} disabled={page === 0} onClick={() => go(page - 1)} />
        <Button label={outputsText.nextPage} disabled={page >= last} onClick={() => go(page + 1)} />
        <Button label={outputsText.lastPage} disabled={page >= last} onClick={() => go(last)} />
        <input
          type="range"
          class={styles.place}
          aria-label={outputsText.page}
          aria-valuetext={outputsText.pageOf(page + 1, last + 1, showBytes(reader.total.value))}
          min={0}
          max={last}
          value={page}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
        <Spoken onlyChanges class={styles.count}>
          {outputsText.pageOf(page + 1, last + 1, showBytes(reader.total.value))}
        </Spoken>
      </div>
      <Shown key={page} shown={reader.shown.value} />
    </div>
  );
}

function Shown({ shown }: { readonly shown: Page }) {
  if (shown.at === "loading") return <p>{outputsText.loading}</p>;
  if (shown.at === "failed")
    return (
      <Spoken tag="p" isUrgent>
        <FromServer text={shown.message} />
      </Spoken>
    );
  const lines = new TextLines();
  lines.update(shown.text);
  return <LongText key={shown.text} lines={lines} text={shown.text} follow={false} copyLabel={outputsText.copyPage} />;
}
