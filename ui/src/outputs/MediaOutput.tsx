/** Sound and film from the notebook's own data. */
import { useMemo, useState } from "preact/hooks";
import { Button } from "../design/Button";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import styles from "./MediaOutput.module.css";
import { outputBlob, outputExtension } from "./outputFile";
import { useAddress } from "./useAddress";

interface MediaProps {
  readonly mime: string;
  /** Base64. */
  readonly data: string;
}

export function MediaOutput({ mime, data }: MediaProps) {
  const file = useMemo(() => outputBlob(mime, data), [mime, data]);
  const address = useAddress(file);
  const [broken, setBroken] = useState(false);
  if (file === null || file.size === 0 || broken) return <Unplayable mime={mime} data={data} />;
  const player = { controls: true, preload: "metadata", onError: () => setBroken(true) } as const;
  return (
    <div class={styles.media}>
      {address !== "" &&
        (mime.startsWith("audio/") ? <audio src={address} {...player} /> : <video src={address} {...player} />)}
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
