/** The few actions that float over the active cell's upper right corner. */
import { IconButton } from "../design/Button";
import { Icon } from "../design/Icon";
import { Menu, type MenuItem } from "../design/Menu";
import { notebookText } from "../i18n/notebook";
import styles from "./CellToolbar.module.css";
import type { CellType } from "./model";
import type { OpenNotebook } from "./openNotebook";

const { cell: text, bar } = notebookText;
const BUTTONS = ["notebook.move-up", "notebook.move-down", "notebook.duplicate", "notebook.insert-below"];
const TYPES: readonly CellType[] = ["code", "markdown", "raw"];
const MORE = [
  "notebook.run-all-above",
  "notebook.run-all-below",
  "separator",
  "notebook.insert-above",
  "notebook.split",
  "notebook.merge-above",
  "notebook.merge-below",
  "separator",
  "notebook.toggle-code",
  "notebook.toggle-output",
  "notebook.clear-outputs",
  "notebook.past-runs",
  "separator",
  "notebook.copy-image",
  "notebook.save-image",
];

export function CellToolbar({ notebook, type }: { readonly notebook: OpenNotebook; readonly type: CellType }) {
  const command = (id: string) => notebook.commands.find((one) => one.id === id);
  const types: readonly MenuItem[] = TYPES.map((one) => ({
    label: bar.types[one],
    checked: one === type,
    run: () => notebook.runCommand(`notebook.to-${one}`),
  }));
  const more = MORE.flatMap((id): (MenuItem | "separator")[] => {
    const found = command(id);
    if (found === undefined) return ["separator"];
    return [{ label: found.title, disabled: !found.enabled(), run: () => notebook.runCommand(id) }];
  });
  return (
    <div
      class={styles.toolbar}
      role="group"
      aria-label={text.tools}
      onMouseDown={(event) => event.preventDefault()} // the focus stays where it is
    >
      {[...BUTTONS, "notebook.delete-cells"].map((id) => (
        <IconButton
          key={id}
          icon={command(id)?.icon ?? ""}
          label={command(id)?.title ?? ""}
          onClick={() => notebook.runCommand(id)}
        />
      ))}
      <Menu label={text.more} items={[...types, "separator", ...more]} trigger={<Icon name="more" />} />
    </div>
  );
}
