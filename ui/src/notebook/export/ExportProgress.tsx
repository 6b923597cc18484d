/** How far an export is, once it has taken a moment, and the way to give it up. */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../../design/Dialog";
import { exportingText as text } from "../../i18n/exporting";
import type { OpenNotebook } from "../openNotebook";
import styles from "./ExportProgress.module.css";

const MOMENT = 400; // milliseconds

export function ExportProgress({ notebook: { exporting, store } }: { readonly notebook: OpenNotebook }) {
  const progress = exporting.progress.value;
  const isOn = progress !== null;
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    setShown(false);
    if (!isOn) return;
    const timer = setTimeout(() => setShown(true), MOMENT);
    return () => clearTimeout(timer);
  }, [isOn]);
  if (progress === null || !isShown) return null;
  const { done, all } = progress;
  const name = store.document.value.path.split("/").at(-1) ?? "";
  const isCounted = done < all;
  const said = isCounted ? text.progress(done, all) : text.writing;
  return (
    <Dialog title={text.title(name)} cancelLabel={text.cancel} onCancel={() => exporting.cancel()} actions={[]}>
      <progress class={styles.bar} {...(isCounted && { value: done })} max={all} aria-label={text.title(name)} />
      <p class={styles.count}>{said}</p>
    </Dialog>
  );
}
