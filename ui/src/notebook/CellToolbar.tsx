/** The few actions that float over the upper right corner of the active cell, and of the one under the pointer. */
import { useRef } from "preact/hooks";
import { useToolbar } from "../design/toolbar";
import { IconButton } from "../design/Button";
import { Icon } from "../design/Icon";
import { Menu, type MenuItem } from "../design/Menu";
import { NARROW } from "../design/narrow";
import { notebookText } from "../i18n/notebook";
import styles from "./CellToolbar.module.css";
import { commandItem } from "./commandItem";
import type { CellId, CellType } from "./model";
import type { OpenNotebook } from "./openNotebook";

const { cell: text, bar } = notebookText;
const BUTTONS = ["notebook.move-up", "notebook.move-down", "notebook.duplicate", "notebook.insert-below"];
const TYPES: readonly CellType[] = ["code", "markdown", "raw"];
const MORE = [
  "notebook.run-all-above",
  "notebook.run-all-below",
  "notebook.run-section",
  "kernel.restart-and-run-here",
  "separator",
  "notebook.insert-above",
  "notebook.move-to",
  "notebook.split",
  "notebook.merge-above",
  "notebook.merge-below",
  "separator",
  "notebook.toggle-code",
  "notebook.toggle-output",
  "notebook.clear-outputs",
  "notebook.line-numbers",
  "notebook.past-runs",
  "notebook.edit-metadata",
  "separator",
  "notebook.copy-image",
  "notebook.save-image",
];

export interface CellToolbarProps {
  readonly notebook: OpenNotebook;
  readonly id: CellId;
  readonly type: CellType;
}

export function CellToolbar({ notebook, id: cell, type }: CellToolbarProps) {
  const { selection } = notebook.store;
  const toolbar = useRef<HTMLDivElement>(null);
  useToolbar(toolbar);
  /** Commands act on what is selected: so the cell is, unless it is among several that are. */
  const run = (commandId: string): void => {
    if (!selection.selected.peek().includes(cell)) selection.select(cell);
    notebook.runCommand(commandId);
  };
  const command = (id: string) => notebook.commands.find((one) => one.id === id);
  const types: readonly MenuItem[] = TYPES.map((one) => ({
    label: bar.types[one],
    key: notebook.keysOf(`notebook.to-${one}`),
    checked: one === type,
    run: () => run(`notebook.to-${one}`),
  }));
  const isNarrow = globalThis.matchMedia(NARROW).matches; // the buttons would hide the code: they are in the menu
  const buttons = [...BUTTONS, "notebook.delete-cells"];
  const more = [...(isNarrow ? [...buttons, "separator"] : []), ...MORE].flatMap((id): (MenuItem | "separator")[] => {
    if (command(id) === undefined) return ["separator"];
    return [{ ...commandItem(notebook, id), run: () => run(id) }];
  });
  return (
    <div
      class={styles.toolbar}
      ref={toolbar}
      role="toolbar"
      aria-label={text.tools}
      onMouseDown={(event) => event.preventDefault()} // the focus stays where it is
    >
      {(isNarrow ? [] : buttons).map((id) => (
        <IconButton
          key={id}
          icon={command(id)?.icon ?? ""}
          label={command(id)?.title ?? ""}
          title={[command(id)?.title, notebook.keysOf(id) && `(${notebook.keysOf(id)})`].join(" ").trim()}
          onClick={() => run(id)}
        />
      ))}
      <Menu label={text.more} items={[...types, "separator", ...more]} trigger={<Icon name="more" />} />
    </div>
  );
}
