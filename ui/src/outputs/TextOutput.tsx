/** Text as a terminal would show it: up to 200 lines in place, more in a box of its own that renders what is seen. */
import { useRef } from "preact/hooks";
import { LongText } from "./LongText";
import styles from "./TextOutput.module.css";
import { TextLines } from "./textLines";
import { TextSpans } from "./TextSpans";

const INLINE_LINES = 200;
const INLINE_CHARACTERS = 40_000;

export interface TextOutputProps {
  readonly text: string;
  /** What a reader is told it is, for example "stderr". */
  readonly word?: string;
}

export function TextOutput({ text, word }: TextOutputProps) {
  const lines = useRef<TextLines | null>(null);
  const wasInline = useRef(false);
  lines.current ??= new TextLines();
  lines.current.update(text);
  const isInline = lines.current.count <= INLINE_LINES && text.length <= INLINE_CHARACTERS;
  if (!isInline) return <LongText lines={lines.current} text={text} follow={wasInline.current} />;
  wasInline.current = true;
  return (
    <pre class={styles.text}>
      {word !== undefined && <span class="visually-hidden">{`${word}: `}</span>}
      <InlineLines lines={lines.current} />
    </pre>
  );
}

function InlineLines({ lines }: { readonly lines: TextLines }) {
  const shown = [];
  for (let line = 0; line < lines.count; line++) {
    shown.push(<TextSpans key={line} spans={lines.spans(line)} />, "\n");
  }
  return <>{shown}</>;
}
