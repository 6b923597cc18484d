/** Asks for the description of an image, for whoever does not see it. */
import { useState } from "preact/hooks";
import { isComposing } from "../design/composing";
import { Dialog } from "../design/Dialog";
import { outputsText } from "../i18n/outputs";
import styles from "./Description.module.css";

export interface DescriptionProps {
  readonly text: string;
  readonly save: (text: string) => void;
  readonly close: () => void;
}

export function Description({ text: before, save, close }: DescriptionProps) {
  const [text, setText] = useState(before);
  const finish = (): void => {
    save(text.trim());
    close();
  };
  return (
    <Dialog
      title={outputsText.describeTitle}
      actions={[{ label: outputsText.describeSave, kind: "primary", run: finish }]}
      onCancel={close}
    >
      <label class={styles.label}>
        {outputsText.describeLabel}
        <textarea
          class={styles.field}
          rows={3}
          autofocus
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
            event.preventDefault();
            finish();
          }}
        />
      </label>
    </Dialog>
  );
}
