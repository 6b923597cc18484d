/**
 * A question that must be answered: the browser's own modal dialog, so that focus stays inside and returns afterwards.
 * Focus starts on Cancel, the safe choice; Escape is Cancel.
 */
import { type ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { en } from "../i18n/en";
import { Voice } from "./Voice";
import { Button } from "./Button";
import styles from "./Dialog.module.css";
import { useModal } from "./modal";

export interface DialogAction {
  readonly label: string;
  readonly run: () => void;
  readonly kind?: "primary" | "danger";
  readonly disabled?: boolean;
}

export interface DialogProps {
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions: readonly DialogAction[];
  readonly onCancel: () => void;
  readonly cancelLabel?: string;
  /** For what is read rather than answered: as wide as its content needs. */
  readonly wide?: boolean;
}

/** An element inside the dialog with `autofocus` (a text field) takes the focus instead of Cancel. */
export function Dialog({
  title,
  children,
  actions,
  onCancel,
  cancelLabel = en.dialogs.cancel,
  wide = false,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const safe = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  useModal(dialog, () => dialog.current?.querySelector<HTMLElement>("[autofocus]") ?? safe.current);
  return (
    <dialog
      ref={dialog}
      class={`${styles.dialog ?? ""} ${wide ? (styles.wide ?? "") : ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault(); // whoever shows the dialog takes it away
        onCancel();
      }}
      onKeyDown={(event) => {
        event.stopPropagation(); // the notebook behind must not hear the keys
        if (event.key !== "Escape") return;
        event.preventDefault(); // Chromium closes a dialog at the second Escape, whatever `cancel` was told
        onCancel();
      }}
    >
      <h2 id={titleId} class={styles.title}>
        {title}
      </h2>
      <div class={styles.body}>{children}</div>
      <Voice />
      <div class={styles.actions}>
        <Button label={cancelLabel} onClick={onCancel} buttonRef={safe} />
        {actions.map((action) => (
          <Button
            key={action.label}
            label={action.label}
            onClick={action.run}
            variant={action.kind ?? "plain"}
            disabled={action.disabled ?? false}
          />
        ))}
      </div>
    </dialog>
  );
}
