/** Sound, film and PDF from the notebook's own data. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import { fileSize } from "../i18n/size";
import styles from "./MediaOutput.module.css";
import { outputBlob, outputExtension } from "./outputFile";

interface MediaProps {
  readonly mime: string;
  /** Base64. */
  readonly data: string;
}

export function MediaOutput({ mime, data }: MediaProps) {
  const blob = useBlob(mime, data);
  const [broken, setBroken] = useState(false);
  if (blob === null || broken) return <Unplayable mime={mime} data={data} />;
  const player = { controls: true, preload: "metadata", onError: () => setBroken(true) } as const;
  return (
    <div class={styles.media}>
      {blob.address !== "" &&
        (mime.startsWith("audio/") ? (
          <audio src={blob.address} {...player} />
        ) : (
          <video src={blob.address} {...player} />
        ))}
    </div>
  );
}

function Unplayable({ mime, data }: MediaProps) {
  const blob = outputBlob(mime, data);
  return (
    <p class={styles.note}>
      {outputsText.unplayable(mime)}{" "}
      {blob !== null && (
        <Button
          label={outputsText.saveOutput}
          icon="save"
          onClick={() => saveFile(blob, `output.${outputExtension(mime)}`)}
        />
      )}
    </p>
  );
}

/** PDF is offered as a file: the viewer of a browser cannot be had in every window. */
export function PdfOutput({ data }: { readonly data: string }) {
  const blob = useBlob("application/pdf", data);
  if (blob === null) return <p class={styles.note}>{outputsText.brokenPdf}</p>;
  return (
    <p class={styles.note}>
      {`${outputsText.pdfTitle}, ${fileSize(blob.size)}`}{" "}
      {blob.address !== "" && (
        <a href={blob.address} download="output.pdf">
          {outputsText.pdf}
        </a>
      )}
    </p>
  );
}

interface ShownBlob {
  /** Empty until it is there. */
  readonly address: string;
  /** Bytes. */
  readonly size: number;
}

/** The bytes under an address of the page's own; null when they are no base64. Players read such an address in pieces. */
function useBlob(mime: string, data: string): ShownBlob | null {
  const [shown, setShown] = useState<ShownBlob | null>({ address: "", size: 0 });
  useEffect(() => {
    const blob = outputBlob(mime, data);
    if (blob === null || blob.size === 0) {
      setShown(null);
      return;
    }
    const address = URL.createObjectURL(blob);
    setShown({ address, size: blob.size });
    return () => URL.revokeObjectURL(address);
  }, [mime, data]);
  return shown;
}
