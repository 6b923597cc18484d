/** “Move cells to…”: what dragging does, by the keyboard. */
import { useSignal } from "@preact/signals";
import { Dialog } from "../../design/Dialog";
import { dragText as text } from "../../i18n/drag";
import type { OpenNotebook } from "../openNotebook";
import styles from "./CellDrag.module.css";
import { moveTo } from "./moveTo";

export function MoveDialog({ notebook }: { readonly notebook: OpenNotebook }) {
  const { store, sections } = notebook;
  const ids = sections.whole(store.selection.selected.peek());
  const order = store.order.value;
  const place = useSignal(store.selection.index + 1);
  const close = (): void => void (notebook.moving.value = false);
  const isPlace = Number.isInteger(place.value) && place.value >= 0 && place.value <= order.length;
  const target = order[place.value - 1] ?? null;
  const first = target === null ? "" : (store.cell(target)?.value.source.split("\n", 1)[0] ?? "");
  const move = (): void => {
    close();
    if (isPlace)
      notebook.change(moveTo(order, ids, target === null ? null : (sections.whole([target]).at(-1) ?? target)));
  };
  return (
    <Dialog
      title={text.title(ids.length)}
      cancelLabel={text.cancel}
      onCancel={close}
      actions={[{ label: text.move, kind: "primary", disabled: !isPlace, run: move }]}
    >
      <label>
        {text.after}
        <input
          autofocus
          type="number"
          class={styles.number}
          min={0}
          max={order.length}
          value={place.value}
          onInput={(event) => void (place.value = event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            move();
          }}
        />
      </label>
      <p>{text.end(order.length)}</p>
      <p class={styles.preview}>{target === null ? text.beginning : first}</p>
    </Dialog>
  );
}
