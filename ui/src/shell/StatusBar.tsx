/** The status bar: every state is a word. What of it is read out: announcements.ts. */
import { Fragment } from "preact";
import { Elapsed } from "./Elapsed";
import { en } from "../i18n/en";
import styles from "./StatusBar.module.css";
import type { StatusPart } from "./statusText";

export interface StatusBarProps {
  readonly parts: readonly StatusPart[];
  /** The first stroke of a chord, as it is shown to the user, or `null`. */
  readonly chord: string | null;
}

const RIGHT: readonly StatusPart["id"][] = ["mode", "cursor"];

export function StatusBar({ parts, chord }: StatusBarProps) {
  const left = parts.filter((part) => !RIGHT.includes(part.id));
  const right = parts.filter((part) => RIGHT.includes(part.id));
  return (
    <div class={styles.bar}>
      {left.map((part) => (
        <Fragment key={part.id}>
          <Part part={part} />
          {part.elapsed !== undefined && (
            <span class={styles.elapsed} data-part="elapsed">
              <Elapsed key={part.text} since={part.elapsed.since} />
            </span>
          )}
        </Fragment>
      ))}
      <span class={styles.push} />
      {chord !== null && <span>{en.status.chord(chord)}</span>}
      {right.map((part) => (
        <Part key={part.id} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: StatusPart }) {
  const tone = part.tone === "plain" ? "" : (styles[part.tone] ?? "");
  return (
    <span
      class={`${styles.part ?? ""} ${styles[part.id] ?? ""} ${tone}`}
      data-glyph={part.glyph}
      title={part.title || undefined}
      data-part={part.id}
    >
      <Words part={part} />
    </span>
  );
}

/** Of the kernel its name gives way where there is no room for both: its state is never cut off. */
function Words({ part: { id, text } }: { readonly part: StatusPart }) {
  const state = id === "kernel" ? text.lastIndexOf(" · ") : -1;
  if (state < 0) return <span class={styles.text}>{text}</span>;
  return (
    <span class={styles.words}>
      <span class={styles.text}>{text.slice(0, state + 2)}</span>
      {text.slice(state + 2)}
    </span>
  );
}
