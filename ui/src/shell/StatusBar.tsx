/** The status bar: every state is a word. What changes is read out politely, but for the caret's place. */
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
        <Part key={part.id} part={part} />
      ))}
      <span class={styles.push} />
      {chord !== null && <span>{en.status.chord(chord)}</span>}
      {right.map((part) => (
        <Part key={part.id} part={part} />
      ))}
      <span class="visually-hidden" role="status">
        {left.map((part) => part.text).join(", ")}
      </span>
    </div>
  );
}

function Part({ part }: { readonly part: StatusPart }) {
  const tone = part.tone === "plain" ? "" : (styles[part.tone] ?? "");
  return (
    <span
      class={`${styles.part ?? ""} ${styles[part.id] ?? ""} ${tone}`}
      title={part.title || undefined}
      data-part={part.id}
    >
      {part.text}
    </span>
  );
}
