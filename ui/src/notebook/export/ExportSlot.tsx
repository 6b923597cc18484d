/** Where it is told how far an export is; what tells it is loaded with the first one. */
import { useChunk } from "../../design/useChunk";
import type { OpenNotebook } from "../openNotebook";

export function ExportSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isOn = notebook.exporting.progress.value !== null;
  const chunk = useChunk(
    isOn,
    () => import("./ExportProgress"),
    () => undefined, // it goes on without
  );
  return chunk === null ? null : <chunk.ExportProgress notebook={notebook} />;
}
