/**
 * A file that is not a notebook: its text in the editor, its picture, or a sentence. A broken notebook comes here with
 * its error: the line is marked and brought into view.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../design/Button";
import { FromServer } from "../../design/FromServer";
import { Icon } from "../../design/Icon";
import { Spoken } from "../../design/Voice";
import { workspaceText } from "../../i18n/workspace";
import { nameOf } from "../paths";
import type { EditorMount } from "./mountEditor";
import { PdfFile } from "./PdfFile";
import styles from "./TextFileView.module.css";
import { showSize, type TextFileStore } from "./textFileStore";

const text = workspaceText.textFile;
const LINE = 20; // pixels: --line-code
const PADDING = 8; // pixels: --code-padding-block

export interface TextFileViewProps {
  readonly store: TextFileStore;
  /** Why a notebook is shown as text, or `null`. */
  readonly error: { readonly message: string; readonly line: number | null } | null;
  readonly fileUrl: (path: string) => string;
  readonly mountEditor: EditorMount;
  /** Opens a file with the system's own program; `null` in a browser. */
  readonly openInSystem: ((path: string) => Promise<boolean>) | null;
  readonly openAsNotebook: () => void;
  /** Makes of a broken notebook what can be made of it. */
  readonly repair: () => void;
}

export function TextFileView(props: TextFileViewProps) {
  const { store, fileUrl } = props;
  const load = store.load.value;
  const path = store.path.value;
  switch (load.at) {
    case "loading":
      return <p class={styles.message}>{text.loading}</p>;
    case "failed":
      return (
        <div class={styles.message}>
          <Spoken tag="p" isUrgent>
            <FromServer text={text.failed(load.message)} />
          </Spoken>
          <Button label={text.retry} onClick={() => void store.open()} />
        </div>
      );
    case "binary":
      return (
        <div class={styles.message}>
          <p>{text.binary(showSize(load.size))}</p>
          <a href={fileUrl(path)} download={nameOf(path)}>
            {text.download}
          </a>
        </div>
      );
    case "pdf": {
      const { openInSystem } = props;
      const open = openInSystem === null ? null : () => openInSystem(path);
      return <PdfFile path={path} url={fileUrl(path)} openInSystem={open} />;
    }
    case "image":
      return <Picture url={fileUrl(path)} name={nameOf(path)} />;
    case "text":
      return <TextView {...props} />;
  }
}

function Picture({ url, name }: { readonly url: string; readonly name: string }) {
  const failed = useSignal(false);
  return (
    <div class={styles.picture}>
      {failed.value ? (
        <Spoken tag="p">{text.imageFailed}</Spoken>
      ) : (
        <img src={url} alt={name} onError={() => (failed.value = true)} />
      )}
    </div>
  );
}

function TextView({ store, error, mountEditor, openAsNotebook, repair }: TextFileViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => (parent.current === null ? undefined : mountEditor(parent.current, store)), [store]);
  const goToLine = () => {
    const scroller = box.current;
    if (scroller !== null && error?.line) scroller.scrollTop = topOf(error.line) - scroller.clientHeight / 3;
  };
  useEffect(goToLine, []);
  return (
    <div class={styles.view}>
      {error !== null && (
        <div class={`${styles.banner ?? ""} ${styles.failed ?? ""}`}>
          <Icon name="error" />
          <Spoken tag="p" isUrgent>
            <FromServer text={text.invalidNotebook(error.message)} />
          </Spoken>
          {error.line !== null && <Button label={text.goToLine} onClick={goToLine} />}
          <Button label={text.openAsNotebook} onClick={openAsNotebook} />
          <Button label={text.repair} onClick={repair} />
        </div>
      )}
      <SaveBanner store={store} />
      <div ref={box} class={styles.scroll}>
        {error?.line != null && (
          <div class={styles.errorLine} style={{ top: `${topOf(error.line)}px` }} title={text.line(error.line)} />
        )}
        <div class={styles.text}>
          <div ref={parent} class={styles.editor} />
        </div>
      </div>
    </div>
  );
}

/** Pixels from the top of the text to a line. */
function topOf(line: number): number {
  return PADDING + (line - 1) * LINE;
}

function SaveBanner({ store }: { readonly store: TextFileStore }) {
  const state = store.state.value;
  if (state.at === "changed") {
    return (
      <div class={styles.banner}>
        <Icon name="warning" />
        <Spoken tag="p">{text.changedOnDisk}</Spoken>
        <Button label={text.reload} onClick={() => void store.open()} />
        <Button label={text.keepMine} onClick={() => void store.overwrite()} />
      </div>
    );
  }
  if (state.at !== "failed") return null;
  return (
    <div class={`${styles.banner ?? ""} ${styles.failed ?? ""}`}>
      <Icon name="error" />
      <Spoken tag="p" isUrgent>
        <FromServer text={text.saveFailed(state.message)} />
      </Spoken>
      <Button label={text.retry} onClick={() => void store.save()} />
    </div>
  );
}
