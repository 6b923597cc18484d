/** A PDF of an output in its frame: of a height that stays, changed at its lower edge or by a button. */
import { type ComponentChildren } from "preact";
import { useContext, useRef } from "preact/hooks";
import { IconButton } from "../design/Button";
import { pdfText } from "../i18n/pdf";
import { fileSize } from "../i18n/size";
import { PdfFrame } from "./PdfFrame";
import styles from "./PdfOutput.module.css";
import { CellLabel, useChoice } from "./place";

const HEIGHT = 480; // px
const TALL = 900; // px: a page of A4 at the width of a notebook

interface ViewerProps {
  readonly file: Blob;
  /** What else can be done with it. */
  readonly children: ComponentChildren;
}

export function PdfViewer({ file, children }: ViewerProps) {
  const box = useRef<HTMLDivElement>(null);
  const height = useChoice("pdf height", HEIGHT);
  const all = useChoice("all", false);
  const cellLabel = useContext(CellLabel);
  const isTall = height.value >= TALL;
  const keep = (): void => {
    const now = box.current?.offsetHeight ?? HEIGHT;
    if (now !== height.peek()) become(now);
  };
  const become = (next: number): void => {
    all.value = true; // a height that somebody has chosen is not cut off
    height.value = next;
  };
  return (
    <>
      <p class={styles.bar}>
        <span class={styles.what}>{pdfText.about(fileSize(file.size))}</span>
        {children}
        <IconButton
          label={isTall ? pdfText.lower : pdfText.taller}
          icon={isTall ? "up" : "down"}
          onClick={() => become(isTall ? HEIGHT : TALL)}
        />
      </p>
      <div ref={box} class={styles.box} style={{ blockSize: `${height.value}px` }} onPointerUp={keep}>
        <PdfFrame file={file} title={pdfText.title(cellLabel)} />
      </div>
    </>
  );
}
