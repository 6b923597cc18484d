/** A PDF file, drawn by the browser engine; where that has no viewer, what else can be done with it. */
import { type ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Button } from "../../design/Button";
import { FromServer } from "../../design/FromServer";
import { Spoken } from "../../design/Voice";
import { outputsText } from "../../i18n/outputs";
import { pdfText } from "../../i18n/pdf";
import { fileSize } from "../../i18n/size";
import { workspaceText } from "../../i18n/workspace";
import { PdfFrame } from "../../outputs/PdfFrame";
import { nameOf } from "../paths";
import { PdfFileStore } from "./pdfFileStore";
import styles from "./TextFileView.module.css";

const text = workspaceText.textFile;

export interface PdfFileProps {
  readonly path: string;
  readonly url: string;
  /** Whether the system has opened it with its own program; `null` in a browser, which cannot ask. */
  readonly openInSystem: (() => Promise<boolean>) | null;
}

export function PdfFile({ path, url, openInSystem }: PdfFileProps) {
  const store = useMemo(() => new PdfFileStore(path), [path]);
  const load = store.load.value;
  const others = (
    <>
      {openInSystem !== null && <OpenInSystem open={openInSystem} />}
      <a href={url} download={nameOf(path)}>
        {text.download}
      </a>
    </>
  );
  const again = <Button label={text.reload} onClick={() => void store.open()} />;
  switch (load.at) {
    case "loading":
      return <p class={styles.message}>{text.loading}</p>;
    case "failed":
      return (
        <Card said={<FromServer text={text.failed(load.message)} />} isUrgent>
          {again}
        </Card>
      );
    case "none":
      return (
        <Card said={pdfText.noneInFile(fileSize(load.size))}>
          {again}
          {others}
        </Card>
      );
    case "large":
      return (
        <Card said={pdfText.about(fileSize(load.size))}>
          <Button label={outputsText.showLarge} onClick={() => void store.show()} />
          {others}
        </Card>
      );
    case "ready":
      if (!navigator.pdfViewerEnabled) {
        return <Card said={pdfText.noViewerOfFile(fileSize(load.file.size))}>{others}</Card>;
      }
      return (
        <div class={styles.view}>
          <div class={styles.bar}>
            <span>{pdfText.about(fileSize(load.file.size))}</span>
            {again}
            {others}
          </div>
          <div class={styles.pdf}>
            <PdfFrame file={load.file} title={nameOf(path)} />
          </div>
        </div>
      );
  }
}

interface CardProps {
  readonly said: ComponentChildren;
  readonly isUrgent?: boolean;
  readonly children: ComponentChildren;
}

function Card({ said, isUrgent = false, children }: CardProps) {
  return (
    <div class={styles.message}>
      <Spoken tag="p" isUrgent={isUrgent}>
        {said}
      </Spoken>
      <div class={styles.choices}>{children}</div>
    </div>
  );
}

function OpenInSystem({ open }: { readonly open: () => Promise<boolean> }) {
  const [hasFailed, setFailed] = useState(false);
  return (
    <>
      <Button label={pdfText.openInSystem} onClick={() => void open().then((opened) => setFailed(!opened))} />
      {hasFailed && <Spoken tag="span">{pdfText.notOpened}</Spoken>}
    </>
  );
}
