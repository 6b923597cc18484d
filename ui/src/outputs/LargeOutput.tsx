/** An output that is so large that the page would stand still while it is drawn: it is asked for first, or saved. */
import { type ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { Button } from "../design/Button";
import { saveFile } from "../design/saveFile";
import { outputsText } from "../i18n/outputs";
import { fileSize } from "../i18n/size";
import { hasManyElements, hasScript } from "./htmlFacts";
import { cutTable } from "./longTable";
import { type Choice } from "./mimebundle";
import { outputBlob, outputExtension } from "./outputFile";
import { nameOf } from "./OutputMenu";
import styles from "./OutputView.module.css";
import { OnPaper } from "./paper";
import { useChoice } from "./place";
import { TextOutput } from "./TextOutput";

/** Characters; a Plotly figure with its library, the largest thing that is usual, has five million. */
const LIMITS = { html: 10_000_000, svg: 10_000_000, markdown: 500_000 } as const;
const MOST_ELEMENTS = 60_000; // to be made harmless and laid out at once

/** The source of an output that is too large to be drawn unasked, else null. */
export function largeSource(choice: Choice): string | null {
  if (choice.kind === "html") return isTooLarge(choice.html) ? choice.html : null;
  if (choice.kind !== "svg" && choice.kind !== "markdown") return null;
  return choice.source.length > LIMITS[choice.kind] ? choice.source : null;
}

/** A long table is not: only its first rows are drawn. What has scripts is drawn in a frame of its own. */
function isTooLarge(html: string): boolean {
  if (html.length > LIMITS.html) return cutTable(html, 0) === null;
  return hasManyElements(html, MOST_ELEMENTS) && !hasScript(html) && cutTable(html, 0) === null;
}

interface LargeOutputProps {
  readonly mime: string;
  readonly source: string;
  /** What stands in for it. */
  readonly text: string | null;
  readonly children: ComponentChildren;
}

export function LargeOutput({ mime, source, text, children }: LargeOutputProps) {
  const shown = useChoice(`large ${mime}`, false);
  const onPaper = useContext(OnPaper);
  if (shown.value) return <>{children}</>;
  const save = (): void => {
    const blob = outputBlob(mime, source);
    if (blob !== null) saveFile(blob, `output.${outputExtension(mime)}`);
  };
  return (
    <>
      <p class={styles.note}>
        {outputsText.large(nameOf(mime), fileSize(source.length))}
        {!onPaper && <Button label={outputsText.showLarge} onClick={() => (shown.value = true)} />}
        {!onPaper && <Button label={outputsText.saveOutput} icon="save" onClick={save} />}
      </p>
      {text !== null && <TextOutput text={text} />}
    </>
  );
}
