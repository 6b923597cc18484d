/** Text as a terminal would show it: up to 200 lines in place, more in a box of its own that renders what is seen. */
import { useContext, useRef } from "preact/hooks";
import { outputsText } from "../i18n/outputs";
import { LongText } from "./LongText";
import { OnPaper } from "./paper";
import styles from "./TextOutput.module.css";
import { TextLines } from "./textLines";
import { TextSpans } from "./TextSpans";

const INLINE_LINES = 200;
const INLINE_CHARACTERS = 40_000;
const PAPER_LINES = 5_000; // at the beginning and at the end: a hundred sheets each

export interface TextOutputProps {
  readonly text: string;
  /** What a reader is told it is, for example "stderr". */
  readonly word?: string;
  /** Whether it is a traceback, whose places are to be gone to. */
  readonly traced?: boolean;
}

export function TextOutput({ text, word, traced = false }: TextOutputProps) {
  const lines = useRef<TextLines | null>(null);
  const wasInline = useRef(false);
  lines.current ??= new TextLines();
  lines.current.update(text);
  const onPaper = useContext(OnPaper);
  const isInline = onPaper || (lines.current.count <= INLINE_LINES && text.length <= INLINE_CHARACTERS);
  if (!isInline) return <LongText lines={lines.current} text={text} follow={wasInline.current} traced={traced} />;
  wasInline.current = true;
  return (
    <pre class={styles.text}>
      {word !== undefined && <span class="visually-hidden">{`${word}: `}</span>}
      <InlineLines lines={lines.current} traced={traced} />
    </pre>
  );
}

function InlineLines({ lines, traced }: { readonly lines: TextLines; readonly traced: boolean }) {
  const shown = [];
  const left = lines.count - 2 * PAPER_LINES;
  for (let line = 0; line < lines.count; line++) {
    if (left > 0 && line === PAPER_LINES) {
      shown.push(`… ${outputsText.lines(left)} …\n`);
      line += left;
    }
    shown.push(<TextSpans key={line} spans={lines.spans(line)} traced={traced} />, "\n");
  }
  return <>{shown}</>;
}
