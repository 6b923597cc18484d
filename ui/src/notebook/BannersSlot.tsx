/** The place of the banners, which are loaded behind the first cells: before they are needed, and without delaying these. */
import { useChunk } from "../design/useChunk";
import type { OpenNotebook } from "./openNotebook";

export function BannersSlot({ notebook }: { readonly notebook: OpenNotebook }) {
  const chunk = useChunk(
    true,
    () => import("./Banners"),
    () => undefined, // the status bar says the same in short
  );
  return chunk === null ? null : <chunk.Banners notebook={notebook} />;
}
