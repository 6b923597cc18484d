/**
 * PDF, in the browser engine's own viewer (docs/decisions/0042). Nothing heavy is drawn by itself: a large one, and those
 * behind the first of a notebook, wait for a click. Where there is no viewer, and for what is no PDF, it says so.
 */
import { type ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { Button } from "../design/Button";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import { pdfText } from "../i18n/pdf";
import { fileSize } from "../i18n/size";
import { outputBlob } from "./outputFile";
import styles from "./PdfOutput.module.css";
import { PdfViewer } from "./PdfViewer";
import { Host, Place, useChoice } from "./place";
import { TextOutput } from "./TextOutput";

const LARGE = 5_000_000; // bytes
const UNASKED = 3; // of one notebook: each is a program of its own in the engine
const HEADER = "%PDF-";
const HEADER_WITHIN = 1368; // letters of base64: the header stands in the first 1,024 bytes, as readers of PDF allow

interface PdfProps {
  /** Base64. */
  readonly data: string;
  /** What stands in for it. */
  readonly text: string | null;
}

export function PdfOutput({ data, text }: PdfProps) {
  const file = useMemo(() => outputBlob("application/pdf", data), [data]);
  if (file === null || file.size === 0) return <Line said={pdfText.damaged} text={text} />;
  const save = <Button label={outputsText.saveOutput} icon="save" onClick={() => saveFile(file, "output.pdf")} />;
  if (!isPdf(data)) {
    return (
      <Line said={pdfText.none} text={text}>
        {save}
      </Line>
    );
  }
  if (!navigator.pdfViewerEnabled) {
    return (
      <Line said={pdfText.noViewer(fileSize(file.size))} text={text}>
        {save}
      </Line>
    );
  }
  return <AskedFirst file={file}>{save}</AskedFirst>;
}

function AskedFirst({ file, children }: { readonly file: Blob; readonly children: ComponentChildren }) {
  const asked = useChoice("pdf", false);
  const isUnasked = useUnasked(file);
  if (asked.value || isUnasked) return <PdfViewer file={file}>{children}</PdfViewer>;
  return (
    <Line said={pdfText.about(fileSize(file.size))} text={null}>
      <Button label={outputsText.showLarge} onClick={() => (asked.value = true)} />
      {children}
    </Line>
  );
}

/** Whether it is one of the few that are shown by themselves; which they are stays so while the notebook is open. */
function useUnasked(file: Blob): boolean {
  const host = useContext(Host);
  const place = useContext(Place);
  return useMemo(() => {
    if (file.size > LARGE) return false;
    if (host === null || place === "") return true;
    const shown = host.memory.choice<ReadonlySet<string>>("pdf", new Set());
    if (shown.peek().has(place)) return true;
    if (shown.peek().size >= UNASKED) return false;
    shown.value = new Set([...shown.peek(), place]);
    return true;
  }, [file, host, place]);
}

interface LineProps {
  readonly said: string;
  readonly text: string | null;
  readonly children?: ComponentChildren;
}

function Line({ said, text, children }: LineProps) {
  return (
    <>
      <p class={styles.bar}>
        {said} {children}
      </p>
      {text !== null && <TextOutput text={text} />}
    </>
  );
}

/** By its first bytes: what an engine's viewer makes of anything else is its own affair, and none of ours. */
function isPdf(base64: string): boolean {
  return atob(base64.slice(0, HEADER_WITHIN)).includes(HEADER);
}
