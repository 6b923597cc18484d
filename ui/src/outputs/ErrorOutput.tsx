/** An error: what it is in bold, the frames of one's own code, those of libraries folded, and a button that copies it all. */
import { useContext, useState } from "preact/hooks";
import { Icon } from "../design/Icon";
import { outputsText } from "../i18n/outputs";
import { type ErrorOutput as ErrorValue } from "../wire/outputs";
import { stripAnsi } from "./ansi";
import { CopyButton } from "./CopyButton";
import styles from "./ErrorOutput.module.css";
import { OnPaper } from "./paper";
import { TextOutput } from "./TextOutput";
import { headlineOf, tracebackParts } from "./traceback";

export function ErrorOutput({ error }: { readonly error: ErrorValue }) {
  const headline = headlineOf(error.ename, error.evalue);
  const [first = "", ...more] = headline.split("\n");
  const all = error.traceback.length > 0 ? error.traceback.join("\n") : headline;
  return (
    <div class={styles.error}>
      <div class={styles.head}>
        <span class="visually-hidden">{`${outputsText.errorWord}: `}</span>
        <strong class={styles.headline}>{first}</strong>
        <CopyButton label={outputsText.copyTraceback} text={() => stripAnsi(all)} />
      </div>
      {more.length > 0 && <TextOutput text={more.join("\n")} />}
      {tracebackParts(error.traceback, headline).map((part, index) =>
        part.kind === "text" ? (
          <TextOutput key={index} text={part.text} />
        ) : (
          <LibraryFrames key={index} frames={part.frames} />
        ),
      )}
    </div>
  );
}

function LibraryFrames({ frames }: { readonly frames: readonly string[] }) {
  const [open, setOpen] = useState(useContext(OnPaper));
  const label = open ? outputsText.hideFrames(frames.length) : outputsText.showFrames(frames.length);
  return (
    <>
      <button type="button" class={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} size={14} /> {label}
      </button>
      {open && <TextOutput text={frames.join("\n")} />}
    </>
  );
}
