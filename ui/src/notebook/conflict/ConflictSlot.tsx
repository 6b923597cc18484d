/** The place of the comparison with a file that cannot be merged, which is loaded when it is asked for. */
import { useChunk } from "../../design/useChunk";
import type { OpenNotebook } from "../openNotebook";

export function ConflictSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isAsked = notebook.comparing.value;
  const chunk = useChunk(
    isAsked,
    () => import("./Conflict"),
    () => (notebook.comparing.value = false),
  );
  return isAsked && chunk !== null ? <chunk.Conflict notebook={notebook} /> : null;
}
