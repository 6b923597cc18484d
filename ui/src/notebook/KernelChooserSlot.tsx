/** The place of the question which kernel a notebook is to have; what asks it is loaded with the first time. */
import { useChunk } from "../design/useChunk";
import type { OpenNotebook } from "./openNotebook";

export function KernelChooserSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const isShown = notebook.choosingKernel.value;
  const chunk = useChunk(
    isShown,
    () => import("./KernelChooser"),
    () => (notebook.choosingKernel.value = false),
  );
  return isShown && chunk !== null ? <chunk.KernelChooser notebook={notebook} /> : null;
}
