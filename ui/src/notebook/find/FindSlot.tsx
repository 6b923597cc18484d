/** The place of the find bar, which is loaded when it is asked for the first time. */
import { useChunk } from "../../design/useChunk";
import type { OpenNotebook } from "../openNotebook";

export function FindSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const find = notebook.find.store.value;
  const isShown = find !== null && find.shown.value !== null;
  const chunk = useChunk(
    isShown,
    () => import("./FindBar"),
    () => find?.close(),
  );
  return isShown && chunk !== null ? <chunk.FindBar notebook={notebook} find={find} /> : null;
}
