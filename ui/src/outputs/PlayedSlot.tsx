/** The place of a sound, a film or a PDF: what shows them is loaded with the first one. */
import { useContext, useState } from "preact/hooks";
import { useChunk } from "../design/useChunk";
import { outputsText } from "../i18n/outputs";
import { fileSize } from "../i18n/size";
import styles from "./MediaOutput.module.css";
import { nameOf } from "./OutputMenu";
import { OnPaper } from "./paper";

interface PlayedProps {
  readonly kind: "media" | "pdf";
  readonly mime: string;
  /** Base64. */
  readonly data: string;
  readonly text: string | null;
}

export function PlayedSlot({ kind, mime, data, text }: PlayedProps) {
  const onPaper = useContext(OnPaper);
  const [failed, setFailed] = useState(false);
  const chunk = useChunk(
    !onPaper,
    () => import("./played"),
    () => setFailed(true),
  );
  if (onPaper) return <p class={styles.note}>{`${nameOf(mime)}, ${fileSize(data.length * 0.75)}`}</p>;
  if (failed) return <p class={styles.note}>{outputsText.crashed}</p>;
  if (chunk === null) return null;
  return kind === "pdf" ? <chunk.PdfOutput data={data} text={text} /> : <chunk.MediaOutput mime={mime} data={data} />;
}
