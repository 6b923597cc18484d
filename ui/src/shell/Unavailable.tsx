/** A tab for what could not be opened: why, and what can be done. */
import { Button } from "../design/Button";
import { FromServer } from "../design/FromServer";
import { Spoken } from "../design/Voice";
import { en } from "../i18n/en";
import { nameOf } from "../workspace/paths";
import type { Problem } from "./tabsStore";
import styles from "./Unavailable.module.css";

const text = en.unavailable;

export interface UnavailableProps {
  readonly path: string;
  readonly problem: Problem;
  readonly retry: () => void;
  readonly create: () => void;
  readonly openAsText: () => void;
  readonly close: () => void;
}

export function Unavailable({ path, problem, retry, create, openAsText, close }: UnavailableProps) {
  const isNotebook = path.toLowerCase().endsWith(".ipynb");
  return (
    <div class={styles.page}>
      <Spoken tag="div" isUrgent>
        <h2>{text.title(nameOf(path))}</h2>
        <p>
          <FromServer text={problem.missing ? text.missing(path) : problem.message} />
        </p>
      </Spoken>
      <div class={styles.actions}>
        <Button label={text.close} onClick={close} />
        <Button label={text.retry} onClick={retry} />
        {problem.missing && isNotebook && <Button label={text.create} onClick={create} />}
        {!problem.missing && isNotebook && <Button label={text.openAsText} onClick={openAsText} />}
      </div>
    </div>
  );
}
