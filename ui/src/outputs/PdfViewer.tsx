/**
 * The frame in which the browser engine draws a PDF: of a height that stays, changed at its lower edge or by a button. It
 * has no `sandbox`, in which engines show no PDF at all; its address is a blob of that type, which no engine takes for
 * anything that runs in the page.
 */
import { type ComponentChildren } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../design/Button";
import { pdfText } from "../i18n/pdf";
import { fileSize } from "../i18n/size";
import { FrameGuard } from "./frame/guard";
import styles from "./PdfOutput.module.css";
import { CellLabel, useChoice } from "./place";
import { useAddress } from "./useAddress";

const VIEW = "#navpanes=0&view=FitH"; // for engines that know it: the page as wide as the frame, nothing beside it
const HEIGHT = 480; // px
const TALL = 900; // px: a page of A4 at the width of a notebook

interface ViewerProps {
  readonly file: Blob;
  /** What else can be done with it. */
  readonly children: ComponentChildren;
}

export function PdfViewer({ file, children }: ViewerProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const height = useChoice("pdf height", HEIGHT);
  const all = useChoice("all", false);
  const address = useAddress(file);
  const cellLabel = useContext(CellLabel);
  useLayoutEffect(() => {
    if (frame.current === null || address === "") return;
    const guard = new FrameGuard(frame.current);
    return () => guard.close();
  }, [address]);
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
        {address !== "" && (
          <iframe ref={frame} class={styles.frame} title={pdfText.title(cellLabel)} src={`${address}${VIEW}`} />
        )}
      </div>
    </>
  );
}
