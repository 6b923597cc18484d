/** The messages at the lower right, which are read out by the page's one voice; they stay while the pointer or the focus is on them. */
import type { ComponentChildren } from "preact";
import { Button, IconButton } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { en } from "../i18n/en";
import styles from "./Toasts.module.css";
import type { ToastsStore } from "./toastsStore";

export interface ToastsProps {
  readonly store: ToastsStore;
  /** What stands above the messages, and stays. */
  readonly children?: ComponentChildren;
}

export function Toasts({ store, children }: ToastsProps) {
  return (
    <div
      class={styles.toasts}
      role="region"
      aria-label={en.toasts.label}
      onPointerEnter={() => store.hold(true)}
      onPointerLeave={() => store.hold(false)}
      onFocusIn={() => store.hold(true)}
      onFocusOut={() => store.hold(false)}
    >
      {children}
      {store.shown.value.map((toast) => (
        <div key={toast.id} class={`${styles.toast ?? ""} ${toast.kind === "error" ? (styles.error ?? "") : ""}`}>
          <span class={styles.text}>
            <FromServer text={toast.text} />
          </span>
          {toast.action && (
            <Button
              label={toast.action.label}
              onClick={() => {
                store.dismiss(toast.id);
                toast.action?.run();
              }}
            />
          )}
          <IconButton icon="close" label={en.toasts.dismiss} onClick={() => store.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
