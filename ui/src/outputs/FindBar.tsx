/** The field that looks through a long text: what is found is counted, Enter goes on, Shift+Enter back, Escape ends it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../design/Button";
import { Spoken } from "../design/Voice";
import { isComposing } from "../design/composing";
import { outputsText } from "../i18n/outputs";
import { MOST_FOUND } from "./textSearch";
import styles from "./TextOutput.module.css";

export interface FindBarProps {
  readonly query: string;
  /** How many places there are. */
  readonly count: number;
  /** Which of them is shown, from 0; none where all are. */
  readonly current?: number;
  readonly look: (query: string) => void;
  /** Shows the next place, or the one before. */
  readonly step?: (by: 1 | -1) => void;
  readonly close: () => void;
}

export function FindBar({ query, count, current, look, step, close }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation(); // the notebook's keys are not for here
    if (isComposing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Escape") close();
    else step?.(event.shiftKey ? -1 : 1);
  };
  return (
    <search class={styles.find}>
      <input
        ref={field}
        class={styles.findField}
        aria-label={outputsText.find}
        value={query}
        spellcheck={false}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Spoken class={styles.findCount}>{query === "" ? "" : said(count, current)}</Spoken>
      {step !== undefined && (
        <>
          <IconButton icon="up" label={outputsText.findPrevious} disabled={count === 0} onClick={() => step(-1)} />
          <IconButton icon="down" label={outputsText.findNext} disabled={count === 0} onClick={() => step(1)} />
        </>
      )}
      <IconButton icon="close" label={outputsText.findClose} onClick={close} />
    </search>
  );
}

function said(count: number, current: number | undefined): string {
  const more = count === MOST_FOUND;
  return current === undefined ? outputsText.foundAll(count, more) : outputsText.found(current + 1, count, more);
}
