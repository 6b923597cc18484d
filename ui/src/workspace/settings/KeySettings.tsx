/** The keys of all commands: to be searched, changed, taken away and reset. What a change collides with is said first. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Spoken } from "../../design/Voice";
import { formatList } from "../../i18n/formats";
import { keySettingsText as text } from "../../i18n/keySettings";
import type { KeyActions, KeyRow } from "./keyRow";
import styles from "./KeySettings.module.css";

const PAUSE = 800; // milliseconds within which a second key belongs to the first

export function KeySettings({ actions }: { readonly actions: KeyActions }) {
  const query = useSignal("");
  const asked = useSignal<KeyRow | null>(null);
  const rows = actions.rows();
  const words = query.value.trim().toLowerCase();
  const found = rows.filter((row) => {
    const shown = row.keys.map((keys) => actions.show(keys)).join(" ");
    return words === "" || `${row.category} ${row.title} ${shown}`.toLowerCase().includes(words);
  });
  return (
    <fieldset class={styles.group}>
      <legend>{text.title}</legend>
      <p class={styles.hint}>{text.hint}</p>
      <div class={styles.head}>
        <input
          type="search"
          class={styles.filter}
          aria-label={text.filter}
          placeholder={text.filter}
          value={query.value}
          onInput={(event) => void (query.value = event.currentTarget.value)}
        />
        <Button label={text.resetAll} disabled={!rows.some((row) => row.isOwn)} onClick={() => actions.resetAll()} />
      </div>
      {found.length === 0 && <p>{text.none(query.value)}</p>}
      <ul class={styles.list} role="list">
        {found.map((row) => (
          <Row key={row.id} row={row} actions={actions} ask={() => void (asked.value = row)} />
        ))}
      </ul>
      {asked.value !== null && <Ask row={asked.value} actions={actions} close={() => void (asked.value = null)} />}
    </fieldset>
  );
}

interface RowProps {
  readonly row: KeyRow;
  readonly actions: KeyActions;
  readonly ask: () => void;
}

function Row({ row, actions, ask }: RowProps) {
  return (
    <li class={styles.row}>
      <span class={styles.title}>
        <span class={styles.category}>{row.category}</span> {row.title}
      </span>
      <span class={styles.keys}>
        {row.keys.length === 0 && <span class={styles.category}>{text.noKeys}</span>}
        {row.keys.map((keys) => (
          <kbd key={keys}>{actions.show(keys)}</kbd>
        ))}
        {row.isOwn && <span class={styles.own}>{text.own}</span>}
      </span>
      <IconButton icon="edit" label={text.change(row.title)} onClick={ask} />
      <IconButton
        icon="restart"
        label={text.reset(row.title)}
        disabled={!row.isOwn}
        onClick={() => actions.reset(row.id)}
      />
    </li>
  );
}

interface AskProps {
  readonly row: KeyRow;
  readonly actions: KeyActions;
  readonly close: () => void;
}

/** Hears the keys themselves: inside a dialog no command does. Escape and Tab keep their meaning. */
function Ask({ row, actions, close }: AskProps) {
  const field = useRef<HTMLDivElement>(null);
  const strokes = useSignal<readonly string[]>([]);
  const since = useRef(0);
  useLayoutEffect(() => field.current?.focus(), []);
  const keys = strokes.value.join(" ");
  const rivals = keys === "" ? [] : actions.conflicts(row.id, keys);
  const use = (): void => {
    actions.choose(row.id, keys);
    close();
  };
  const clear = (): void => {
    actions.clear(row.id);
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const stroke = actions.stroke(event);
    if (stroke === null || event.repeat) return;
    const [first] = strokes.value;
    const isSecond = strokes.value.length === 1 && event.timeStamp - since.current <= PAUSE;
    since.current = event.timeStamp;
    strokes.value = isSecond && first !== undefined ? [first, stroke] : [stroke];
  };
  return (
    <Dialog
      title={text.ask(row.title)}
      cancelLabel={text.cancel}
      onCancel={close}
      actions={[
        { label: text.clear, run: clear, disabled: row.keys.length === 0 },
        { label: rivals.length > 0 ? text.take : text.use, kind: "primary", disabled: keys === "", run: use },
      ]}
    >
      <p>{text.press}</p>
      <div ref={field} class={styles.pressed} role="textbox" aria-label={text.pressed} tabIndex={0} onKeyDown={onKey}>
        {keys === "" ? <span class={styles.category}>{text.nothing}</span> : <kbd>{actions.show(keys)}</kbd>}
      </div>
      <Spoken tag="p">{rivals.length > 0 && text.taken(formatList(rivals.map((title) => `“${title}”`)))}</Spoken>
    </Dialog>
  );
}
