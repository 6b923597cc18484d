/** An output of which no type can be shown: its types by name, and each as a file. */
import { Button } from "../design/Button";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import { type Mimebundle } from "../wire/outputs";
import { outputBlob, outputExtension } from "./outputFile";
import styles from "./OutputView.module.css";

export function UnknownTypes({ data, types }: { readonly data: Mimebundle; readonly types: readonly string[] }) {
  if (types.length === 0) return <p class={styles.note}>{outputsText.empty}</p>;
  const save = (mime: string): void => {
    const blob = outputBlob(mime, data[mime] ?? null) ?? new Blob([JSON.stringify(data[mime])]);
    saveFile(blob, `output.${outputExtension(mime)}`);
  };
  return (
    <p class={styles.note}>
      {outputsText.cannotShow(types.join(", "))}
      {types.map((mime) => (
        <Button key={mime} label={outputsText.save(mime)} icon="save" onClick={() => save(mime)} />
      ))}
    </p>
  );
}
