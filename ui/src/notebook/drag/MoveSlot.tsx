/** The place of “Move cells to…”, which is loaded when it is asked for. */
import { useChunk } from "../../design/useChunk";
import type { OpenNotebook } from "../openNotebook";

export function MoveSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isAsked = notebook.moving.value;
  const chunk = useChunk(
    isAsked,
    () => import("./MoveDialog"),
    () => (notebook.moving.value = false),
  );
  return isAsked && chunk !== null ? <chunk.MoveDialog notebook={notebook} /> : null;
}
