/** The bar of find and replace, above the cells. What is found is marked while one types; Enter goes on. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../../design/Button";
import { Spoken } from "../../design/Voice";
import { isComposing } from "../../design/composing";
import { findText as text } from "../../i18n/find";
import { withKeys } from "../../i18n/keyNames";
import type { OpenNotebook } from "../openNotebook";
import styles from "./FindBar.module.css";
import type { FindStore } from "./findStore";
import { PageMarks } from "./pageMarks";
import { MOST_HITS } from "./search";

const SLOW = 300; // milliseconds after which a search can be cancelled

interface FindProps {
  readonly find: FindStore;
}

interface BarProps extends FindProps {
  readonly notebook: OpenNotebook;
}

export function FindBar({ notebook, find }: BarProps) {
  const field = useRef<HTMLInputElement>(null);
  const replaces = find.shown.value === "replace";
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [find.asked.value]);
  useEffect(() => {
    const marks = new PageMarks(find, field.current?.closest("[data-notebook]") ?? null);
    return () => marks.destroy();
  }, [notebook]);
  return (
    <div class={styles.bar} role="search" aria-label={text.label} onKeyDown={(event) => keys(event, notebook, find)}>
      <IconButton
        icon={replaces ? "chevron-down" : "chevron-right"}
        label={text.showReplace}
        expanded={replaces}
        onClick={() => find.open(replaces ? "find" : "replace")}
      />
      <div class={styles.rows}>
        <div class={styles.row}>
          <input
            ref={field}
            class={styles.field}
            aria-label={text.find}
            placeholder={text.find}
            value={find.query.value.text}
            aria-invalid={find.pattern.value.at === "wrong"}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => find.look({ text: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || isComposing(event)) return;
              find.step(event.shiftKey ? -1 : 1);
              event.preventDefault();
            }}
          />
          <Options find={find} />
          <Count find={find} />
          <IconButton
            icon="up"
            label={text.previous}
            title={withKeys(text.previous, "Shift+Enter")}
            onClick={() => find.step(-1)}
          />
          <IconButton icon="down" label={text.next} title={withKeys(text.next, "Enter")} onClick={() => find.step(1)} />
        </div>
        {replaces && <Replace notebook={notebook} find={find} />}
      </div>
      <IconButton
        icon="close"
        label={text.close}
        title={withKeys(text.close, "Escape")}
        onClick={() => close(notebook, find)}
      />
    </div>
  );
}

function Options({ find }: FindProps) {
  const { matchCase, wholeWord, isRegex } = find.query.value;
  return (
    <>
      <Toggle mark="Aa" label={text.matchCase} on={matchCase} set={(on) => find.look({ matchCase: on })} />
      <Toggle mark="W" label={text.wholeWord} on={wholeWord} set={(on) => find.look({ wholeWord: on })} />
      <Toggle mark=".*" label={text.regex} on={isRegex} set={(on) => find.look({ isRegex: on })} />
      <Toggle mark={text.outputsMark} label={text.outputs} on={find.outputs.value} set={(on) => find.setOutputs(on)} />
      <Toggle
        mark={text.selectionMark}
        label={text.selection}
        on={find.within.value !== null}
        set={(on) => find.setWithinSelection(on)}
      />
    </>
  );
}

interface ToggleProps {
  readonly mark: string;
  readonly label: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
}

function Toggle({ mark, label, on, set }: ToggleProps) {
  return (
    <button
      type="button"
      class={styles.toggle}
      title={label}
      aria-label={label}
      aria-pressed={on}
      onClick={() => set(!on)}
    >
      {mark}
    </button>
  );
}

/** “3 of 17”, or what is wrong; said to readers too. */
function Count({ find }: FindProps) {
  const { looking } = find;
  const isLooking = useSlow(looking.at === "looking");
  const known = useComputed(() => {
    const pattern = find.pattern.value;
    if (pattern.at === "none") return "";
    if (pattern.at === "wrong") return text.wrong(pattern.reason);
    const { at } = find.looking;
    if (at === "tooLong" || at === "cancelled") return text[at];
    const matches = find.matches.value;
    if (matches.length === 0) return text.none;
    const current = find.current.value;
    return text.count(current === null ? 0 : matches.indexOf(current) + 1, matches.length, matches.length < MOST_HITS);
  }).value;
  const isBad = find.pattern.value.at === "wrong" || looking.at === "tooLong";
  const words = isLooking && looking.at === "looking" ? text.looking(looking.done, looking.total) : known;
  return (
    <>
      <Spoken class={isBad ? `${styles.count ?? ""} ${styles.wrong ?? ""}` : styles.count} title={words}>
        {words}
      </Spoken>
      {isLooking && <Button label={text.cancel} variant="quiet" onClick={() => find.cancel()} />}
    </>
  );
}

/** Whether something goes on for so long that it is worth a button. */
function useSlow(goesOn: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!goesOn) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, [goesOn]);
  return isSlow;
}

function Replace({ notebook, find }: BarProps) {
  const { store } = notebook;
  const by = useSignal("");
  const done = useSignal("");
  const canReplace = find.matches.value.some((match) => match.output === null);
  const all = (): void => {
    find.replaceAll(by.peek(), (places, cells) => {
      done.value = text.replaced(places, cells);
      store.announce(done.value);
    });
  };
  const one = (): void => {
    done.value = "";
    find.replace(by.peek());
  };
  return (
    <div class={styles.row}>
      <input
        class={styles.field}
        aria-label={text.replaceBy}
        placeholder={text.replaceBy}
        value={by.value}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => void (by.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || isComposing(event)) return;
          if (event.ctrlKey || event.metaKey) all();
          else one();
          event.preventDefault();
        }}
      />
      <Button label={text.replace} title={withKeys(text.replace, "Enter")} disabled={!canReplace} onClick={one} />
      <Button
        label={text.replaceAll}
        title={withKeys(text.replaceAll, "Mod+Enter")}
        disabled={!canReplace}
        onClick={all}
      />
      {done.value !== "" && (
        <span class={styles.done}>
          {done.value}{" "}
          {notebook.canUndo && (
            <Button
              label={text.undo}
              variant="quiet"
              onClick={() => {
                notebook.undo();
                done.value = "";
              }}
            />
          )}
        </span>
      )}
    </div>
  );
}

function keys(event: KeyboardEvent, notebook: OpenNotebook, find: FindStore): void {
  if (event.key !== "Escape" || isComposing(event)) return;
  event.preventDefault();
  event.stopPropagation();
  close(notebook, find);
}

/** The keyboard goes to the cell of what was found last. */
function close(notebook: OpenNotebook, find: FindStore): void {
  find.close();
  notebook.page?.focus();
}
