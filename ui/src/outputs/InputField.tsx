/** The line that a kernel waits for: `input()` and `getpass()`. Enter sends it, Escape interrupts. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../design/Button";
import { isComposing } from "../design/composing";
import { outputsText } from "../i18n/outputs";
import styles from "./InputField.module.css";

export interface InputFieldProps {
  readonly prompt: string;
  readonly password: boolean;
  /** Why nothing can be sent now; empty where it can. */
  readonly refusal?: string;
  readonly onSubmit: (value: string) => void;
  readonly onCancel: () => void;
}

export function InputField({ prompt, password, refusal = "", onSubmit, onCancel }: InputFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // at once: whoever sees it may type already
  const name = password ? outputsText.passwordLabel : outputsText.inputLabel;
  const submit = () => onSubmit(field.current?.value ?? "");
  return (
    <div class={styles.input}>
      <label class={styles.label}>
        <span class={prompt.trim() === "" ? "visually-hidden" : styles.prompt}>
          {prompt.trim() === "" ? name : prompt}
        </span>
        <input
          ref={field}
          class={styles.field}
          {...(password ? { type: "password" as const } : { type: "text" as const })}
          autocomplete="off"
          spellcheck={false}
          onKeyDown={(event) => {
            event.stopPropagation(); // the notebook's keys are not for here
            if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
            event.preventDefault();
            if (event.key === "Enter") submit();
            else onCancel();
          }}
        />
      </label>
      <Button label={outputsText.submit} refusal={refusal} onClick={submit} />
      <Button label={outputsText.interrupt} variant="quiet" refusal={refusal} onClick={onCancel} />
    </div>
  );
}
