/** Pieces of terminal text as elements; web addresses become links. */
import { type AnsiSpan } from "./ansi";
import { cssOf } from "./ansiColours";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u2026]+[^\s<>"'`\u2026.,:;!?)\]}]/g;

export function TextSpans({ spans }: { readonly spans: readonly AnsiSpan[] }) {
  return <>{spans.map((span, index) => piece(span, index))}</>;
}

function piece({ text, style }: AnsiSpan, key: number) {
  const css = cssOf(style);
  const content = text.includes("://") ? withLinks(text) : text;
  return css === "" ? (
    content
  ) : (
    <span key={key} style={css}>
      {content}
    </span>
  );
}

function withLinks(text: string) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    parts.push(
      <a key={found.index} href={found[0]} target="_blank" rel="noopener noreferrer">
        {found[0]}
      </a>,
    );
    at = found.index + found[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}
