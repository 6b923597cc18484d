/** A button that copies a text and says that it has. */
import { useState } from "preact/hooks";
import { Button } from "../design/Button";
import { copyText } from "../design/copyText";
import { outputsText } from "../i18n/outputs";

export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => setSaid((await copyText(text())) ? outputsText.copied : outputsText.notCopied);
  return (
    <span role="status" onPointerLeave={() => setSaid(null)} onFocusOut={() => setSaid(null)}>
      <Button
        label={said ?? label}
        icon={said === null ? "copy" : "check"}
        variant="quiet"
        onClick={() => void copy()}
      />
    </span>
  );
}
