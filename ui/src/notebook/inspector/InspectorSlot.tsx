/** The place of the inspector, at the right of the cells; loaded when it is asked for the first time. */
import { useChunk } from "../../design/useChunk";
import type { OpenNotebook } from "../openNotebook";

export function InspectorSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isShown = notebook.inspector.page.value !== null && notebook.store.load.value.at === "ready";
  const chunk = useChunk(
    isShown,
    () => import("./Inspector"),
    () => (notebook.inspector.page.value = null),
  );
  return isShown && chunk !== null ? <chunk.Inspector notebook={notebook} /> : null;
}
