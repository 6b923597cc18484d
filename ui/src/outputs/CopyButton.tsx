/** A button that copies a text and says that it has. */
import { useState } from "preact/hooks";
import { Button, type ButtonProps } from "../design/Button";
import { useVoice } from "../design/Voice";
import { copyText } from "../design/copyText";
import { outputsText } from "../i18n/outputs";

interface CopyButtonProps extends Pick<ButtonProps, "label" | "variant"> {
  readonly text: () => string;
}

export function CopyButton({ label, text, variant = "quiet" }: CopyButtonProps) {
  const [said, setSaid] = useState<string | null>(null);
  const say = useVoice();
  const copy = async (): Promise<void> => {
    const done = (await copyText(text())) ? outputsText.copied : outputsText.notCopied;
    setSaid(done);
    say({ text: done, isUrgent: false });
  };
  return (
    <span onPointerLeave={() => setSaid(null)} onFocusOut={() => setSaid(null)}>
      <Button
        label={said ?? label}
        icon={said === null ? "copy" : "check"}
        variant={variant}
        onClick={() => void copy()}
      />
    </span>
  );
}
