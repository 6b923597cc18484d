/** Which of two views of the past is shown: as it was, or what has changed since. */
import { Button } from "../../design/Button";
import { historyText } from "../../i18n/history";
import styles from "./History.module.css";

export type View = "changes" | "preview";

export interface ViewSwitchProps {
  readonly view: View;
  readonly changes: string;
  readonly onView: (view: View) => void;
}

export function ViewSwitch({ view, changes, onView }: ViewSwitchProps) {
  const button = (name: View, label: string) => (
    <Button label={label} variant="quiet" pressed={view === name} onClick={() => onView(name)} />
  );
  return (
    <div class={styles.views} role="group" aria-label={historyText.views}>
      {button("changes", changes)}
      {button("preview", historyText.preview)}
    </div>
  );
}
