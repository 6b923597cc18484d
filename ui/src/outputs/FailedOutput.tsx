/** What stands in the place of an output that a frame could not draw: why, in one line, and what it is made from. */
import { type ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { DrawingPackage } from "../api/packageInstall";
import { Button } from "../design/Button";
import { useChunk } from "../design/useChunk";
import { Spoken } from "../design/Voice";
import { outputsText } from "../i18n/outputs";
import { CopyButton } from "./CopyButton";
import styles from "./HtmlOutput.module.css";
import { TextOutput } from "./TextOutput";

const LONGEST = 240; // characters of the reason in the line; Vega's may hold the whole specification

interface FailedProps {
  readonly reason: string;
  /** What it is made from, as text. */
  readonly source?: () => string;
  /** The package that its kernel's environment lacks. */
  readonly missing?: DrawingPackage | undefined;
  /** Draws it again. */
  readonly again?: () => void;
  /** What stands in for it. */
  readonly children: ComponentChildren;
}

export function FailedOutput({ reason, source, missing, again, children }: FailedProps) {
  const install = useChunk(
    missing !== undefined,
    () => import("./InstallPackage"),
    () => undefined,
  );
  const [asText, setAsText] = useState(false);
  return (
    <>
      <p class={styles.ask}>
        <Spoken>{outputsText.frameFailed(inOneLine(reason))}</Spoken>
        {missing !== undefined && again !== undefined && install !== null && (
          <install.InstallPackage name={missing} done={again} />
        )}
        {source !== undefined && (
          <span class={styles.actions}>
            {!asText && <Button label={outputsText.showAsText} onClick={() => setAsText(true)} />}
            <CopyButton label={outputsText.copyDetails} text={() => `${reason}\n\n${source()}`} />
          </span>
        )}
      </p>
      {asText && source !== undefined ? <TextOutput text={source()} /> : children}
    </>
  );
}

function inOneLine(reason: string): string {
  const line = reason
    .replace(/^Error:/, "")
    .trim()
    .replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
