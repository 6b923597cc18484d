/** The place of the settings, which are loaded when they are asked for. */
import { useChunk } from "../../design/useChunk";
import type { SettingsViewProps } from "./SettingsView";

export function SettingsSlot(props: SettingsViewProps) {
  const chunk = useChunk(
    true,
    () => import("./SettingsView"),
    () => undefined, // another look at the settings asks again
  );
  return chunk === null ? null : <chunk.SettingsView {...props} />;
}
