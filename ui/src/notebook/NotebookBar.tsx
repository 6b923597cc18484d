/** The bar above the cells: running, the type of the selected cells, and the kernel with its state. */
import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../design/Button";
import { Icon } from "../design/Icon";
import { Menu, type MenuItem } from "../design/Menu";
import { useToolbar } from "../design/toolbar";
import { withKeys } from "../i18n/keyNames";
import { notebookText } from "../i18n/notebook";
import { commandItem } from "./commandItem";
import type { CellType } from "./model";
import styles from "./NotebookBar.module.css";
import type { OpenNotebook } from "./openNotebook";

const text = notebookText.bar;
const TYPES: readonly CellType[] = ["code", "markdown", "raw"];

const NARROW = 640; // pixels: below this, all but running and the kernel goes into one menu

export function NotebookBar({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const bar = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(bar);
  useToolbar(bar);
  const command = (id: string) => ({ refusal: notebook.refusalOf(id), onClick: () => notebook.runCommand(id) });
  const isBusy = useComputed(() => store.run.value.running !== null || store.kernel.value.state === "busy").value;
  const hasKernel = useComputed(() => store.kernel.value.id !== null).value;
  return (
    <div
      ref={bar}
      class={styles.bar}
      role="toolbar"
      aria-label={text.label}
      onMouseDown={(event) => event.preventDefault()} // the focus stays in the cell
    >
      {!narrow && (
        <>
          <IconButton icon="save" label={text.save} {...command("document.save")} />
          <IconButton icon="plus" label={text.insert} {...command("notebook.insert-below")} />
          <span class={styles.separator} />
        </>
      )}
      <IconButton
        icon="run"
        label={text.run}
        title={withKeys(text.run, "Shift+Enter")}
        {...command("notebook.run-and-advance")}
      />
      <IconButton icon="stop" label={text.stop} disabled={!isBusy} {...command("kernel.interrupt")} />
      {narrow ? (
        <MoreMenu notebook={notebook} />
      ) : (
        <>
          <IconButton icon="restart" label={text.restart} disabled={!hasKernel} {...command("kernel.restart")} />
          <Button label={text.runAll} variant="quiet" {...command("notebook.run-all")} />
          <span class={styles.separator} />
          <CellTypeMenu notebook={notebook} />
        </>
      )}
      <span class={styles.space} />
      <KernelMenu notebook={notebook} />
    </div>
  );
}

/** Whether the bar is too short for all that it has; looked at when its width changes, at most once per frame. */
function useNarrow(bar: { readonly current: HTMLElement | null }): boolean {
  const narrow = useSignal(false);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return;
    let frame = 0;
    const measure = (): void => void (narrow.value = element.clientWidth > 0 && element.clientWidth < NARROW);
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    });
    measure();
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, []);
  return narrow.value;
}

function MoreMenu({ notebook }: { readonly notebook: OpenNotebook }) {
  const type = useActiveType(notebook);
  const item = (label: string, id: string) => commandItem(notebook, id, label);
  return (
    <Menu
      label={text.more}
      trigger={<Icon name="more" />}
      items={[
        item(text.runAll, "notebook.run-all"),
        item(text.restart, "kernel.restart"),
        "separator",
        item(text.insert, "notebook.insert-below"),
        ...typeItems(notebook, type),
        "separator",
        item(text.save, "document.save"),
      ]}
    />
  );
}

/** The type of the active cell, null where there is none. */
function useActiveType({ store }: OpenNotebook): CellType | null {
  return useComputed(() => {
    const id = store.selection.active.value;
    return id === null ? null : (store.cell(id)?.value.cell_type ?? null);
  }).value;
}

function typeItems(notebook: OpenNotebook, type: CellType | null): readonly MenuItem[] {
  return TYPES.map((one) => ({
    label: text.types[one],
    key: notebook.keysOf(`notebook.to-${one}`),
    checked: one === type,
    disabled: type === null,
    run: () => notebook.runCommand(`notebook.to-${one}`),
  }));
}

function CellTypeMenu({ notebook }: { readonly notebook: OpenNotebook }) {
  const type = useActiveType(notebook);
  const trigger = (
    <span class={styles.menu}>
      {type === null ? text.cellType : text.types[type]}
      <Icon name="chevron-down" size={14} />
    </span>
  );
  return (
    <Menu
      label={type === null ? text.cellType : text.cellTypeIs(text.types[type])}
      items={typeItems(notebook, type)}
      trigger={trigger}
      disabled={type === null}
    />
  );
}

function KernelMenu({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store } = notebook;
  const kernel = store.kernel.value;
  const word = useComputed(() => kernelWord(notebook)).value;
  const name = kernel.displayName ?? kernel.name ?? text.noKernel;
  const item = (id: string) => commandItem(notebook, id);
  const state = notebookText.kernelWords[word];
  return (
    <Menu
      label={text.kernel(name, state)}
      items={[
        item("kernel.interrupt"),
        item("kernel.restart"),
        item("kernel.restart-and-run-all"),
        item("kernel.clear-queue"),
        "separator",
        item("kernel.change"),
        item("kernel.shutdown"),
      ]}
      trigger={
        <span class={styles.menu}>
          <span class={styles.name}>{name}</span>{" "}
          <span class={`${styles.state ?? ""} ${styles[word] ?? ""}`} aria-hidden="true" />
          <span class={styles.word}>{state}</span>
          <Icon name="chevron-down" size={14} />
        </span>
      }
    />
  );
}

function kernelWord({ store }: OpenNotebook): keyof typeof notebookText.kernelWords {
  if (store.connection.value.at !== "open" && store.load.value.at === "ready") return "reconnecting";
  if (store.interrupting.value && store.kernel.value.state === "busy") return "interrupting";
  return store.input.value === null ? store.kernel.value.state : "input";
}
