/** The question whether the window may look for new versions, and the notice that there is one. Quiet: no dialog. */
import { Button, IconButton } from "../design/Button";
import { en } from "../i18n/en";
import styles from "./UpdateNotice.module.css";
import type { Release, UpdatesStore } from "./updatesStore";

const text = en.updates;

export interface UpdateNoticeProps {
  readonly store: UpdatesStore;
  readonly openExternal: (url: string) => void;
}

export function UpdateNotice({ store, openExternal }: UpdateNoticeProps) {
  const { ask, found } = store.told.value;
  if (store.hidden.value) return null;
  if (ask) return <Question store={store} />;
  return found === null ? null : <Notice release={found} store={store} openExternal={openExternal} />;
}

function Question({ store }: { readonly store: UpdatesStore }) {
  return (
    <section class={styles.notice} aria-label={text.label}>
      <p class={styles.text}>{text.question}</p>
      <div class={styles.actions}>
        <Button label={text.weekly} onClick={() => void store.choose(true)} />
        <Button label={text.never} variant="quiet" onClick={() => void store.choose(false)} />
      </div>
    </section>
  );
}

function Notice({ release, store, openExternal }: UpdateNoticeProps & { readonly release: Release }) {
  return (
    <section class={styles.notice} aria-label={text.label}>
      <div class={styles.head}>
        <p class={styles.text}>{text.found(release.version)}</p>
        <IconButton icon="close" label={text.hide} onClick={() => store.hide()} />
      </div>
      <div class={styles.actions}>
        <Button label={text.notes} onClick={() => openExternal(release.notes)} />
        <Button label={text.download} onClick={() => openExternal(release.url)} />
        <Button label={text.skip} variant="quiet" onClick={() => void store.skip(release.version)} />
      </div>
    </section>
  );
}
