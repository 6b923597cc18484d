/** The messages at the lower right; they stay while the pointer or the focus is on them. */
import { IconButton } from "../design/Button";
import { en } from "../i18n/en";
import styles from "./Toasts.module.css";
import type { ToastsStore } from "./toastsStore";

export function Toasts({ store }: { readonly store: ToastsStore }) {
  return (
    <div
      class={styles.toasts}
      role="log"
      aria-live="polite"
      aria-label={en.toasts.label}
      onPointerEnter={() => store.hold(true)}
      onPointerLeave={() => store.hold(false)}
      onFocusIn={() => store.hold(true)}
      onFocusOut={() => store.hold(false)}
    >
      {store.shown.value.map((toast) => (
        <div key={toast.id} class={`${styles.toast ?? ""} ${toast.kind === "error" ? (styles.error ?? "") : ""}`}>
          <span class={styles.text}>{toast.text}</span>
          <IconButton icon="close" label={en.toasts.dismiss} onClick={() => store.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
