/** The keyboard map, made from the commands that are there: it cannot be out of date. */
import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { Dialog } from "../design/Dialog";
import type { Command } from "../design/command";
import { en } from "../i18n/en";
import styles from "./KeyboardHelp.module.css";
import { showKeys } from "./keys";
import { fuzzy } from "./palette";

export interface KeyboardHelpProps {
  readonly commands: readonly Command[];
  readonly mac: boolean;
  readonly close: () => void;
}

export function KeyboardHelp({ commands, mac, close }: KeyboardHelpProps) {
  const query = useSignal("");
  const groups = keyGroups(commands, query.value);
  return (
    <Dialog wide title={en.keyboard.title} onCancel={close} cancelLabel={en.keyboard.close} actions={[]}>
      <p class={styles.intro}>{en.keyboard.intro}</p>
      <input
        class={styles.filter}
        type="search"
        autofocus
        aria-label={en.keyboard.filter}
        placeholder={en.keyboard.filter}
        value={query.value}
        onInput={(event) => (query.value = event.currentTarget.value)}
      />
      <div class={styles.scroll} tabIndex={0} role="region" aria-label={en.keyboard.title}>
        <div class={styles.groups}>
          {groups.length === 0 && <p>{en.keyboard.noMatch(query.value)}</p>}
          {groups.map(([category, rows]) => (
            <section key={category} class={styles.group}>
              <h3>{category}</h3>
              {rows.map((command) => (
                <div key={command.id} class={styles.row}>
                  <span>{command.title}</span>
                  <span class={styles.keys}>
                    {(command.keys ?? []).map((keys, at) => (
                      <Fragment key={keys}>
                        {at > 0 && ` ${en.keyboard.or} `}
                        <kbd>{showKeys(keys, mac)}</kbd>
                      </Fragment>
                    ))}
                  </span>
                </div>
              ))}
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

/** Commands that have keys, by category in order of appearance. */
export function keyGroups(
  commands: readonly Command[],
  query: string,
): readonly (readonly [string, readonly Command[]])[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    if ((command.keys?.length ?? 0) === 0) continue;
    if (query.trim() !== "" && fuzzy(query, `${command.title} ${command.keys?.join(" ") ?? ""}`) === null) continue;
    const group = groups.get(command.category);
    if (group === undefined) groups.set(command.category, [command]);
    else group.push(command);
  }
  return [...groups];
}
