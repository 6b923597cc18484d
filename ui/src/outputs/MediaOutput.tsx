/** Sound, film and PDF from the notebook's own data. */
import { useEffect, useState } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import styles from "./MediaOutput.module.css";

export function MediaOutput({ mime, data }: { readonly mime: string; readonly data: string }) {
  const address = `data:${mime};base64,${data}`;
  return (
    <div class={styles.media}>
      {mime.startsWith("audio/") ? <audio controls src={address} /> : <video controls src={address} />}
    </div>
  );
}

/** PDF is offered as a file: the viewer of a browser cannot be had in every window. */
export function PdfOutput({ data }: { readonly data: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return (
    <p class={styles.note}>
      {outputsText.pdfTitle}{" "}
      {address !== null && (
        <a href={address} download="output.pdf">
          {outputsText.pdf}
        </a>
      )}
    </p>
  );
}
