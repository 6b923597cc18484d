/** Pieces of terminal text as elements; web addresses become links, and so do the places that a traceback names. */
import { useContext } from "preact/hooks";
import { type AnsiSpan } from "./ansi";
import { cssOf } from "./ansiColours";
import { Host } from "./place";
import styles from "./TextOutput.module.css";
import { placesOf } from "./textSearch";
import { placesIn } from "./tracePlaces";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u2026]+[^\s<>"'`\u2026.,:;!?)\]}]/g;

export interface TextSpansProps {
  readonly spans: readonly AnsiSpan[];
  /** Whether the places that a traceback names are to be gone to. */
  readonly traced?: boolean;
  /** What is being looked for: its places are marked. */
  readonly query?: string;
}

export function TextSpans({ spans, traced = false, query = "" }: TextSpansProps) {
  const host = useContext(Host);
  if (query !== "") return <Marked spans={spans} query={query} />;
  if (!traced || host === null) return <>{spans.map((span, index) => piece(span, index))}</>;
  const shown = [];
  let at = 0;
  for (const { from, to, place } of placesIn(spans.map(({ text }) => text).join(""))) {
    shown.push(...cut(spans, at, from).map((span, index) => piece(span, `${at} ${index}`)));
    shown.push(
      <button key={`${from} place`} type="button" class={styles.place} onClick={() => host.openPlace(place)}>
        {cut(spans, from, to).map((span, index) => piece(span, index))}
      </button>,
    );
    at = to;
  }
  shown.push(...cut(spans, at, Number.POSITIVE_INFINITY).map((span, index) => piece(span, `${at} ${index}`)));
  return <>{shown}</>;
}

function Marked({ spans, query }: { readonly spans: readonly AnsiSpan[]; readonly query: string }) {
  const shown = [];
  let at = 0;
  for (const from of placesOf(spans.map(({ text }) => text).join(""), query)) {
    shown.push(...cut(spans, at, from).map((span, index) => piece(span, `${at} ${index}`)));
    at = from + query.length;
    shown.push(<mark key={`${from} found`}>{cut(spans, from, at).map((span, index) => piece(span, index))}</mark>);
  }
  shown.push(...cut(spans, at, Number.POSITIVE_INFINITY).map((span, index) => piece(span, `${at} ${index}`)));
  return <>{shown}</>;
}

/** The pieces between two offsets of their text. */
export function cut(spans: readonly AnsiSpan[], from: number, to: number): readonly AnsiSpan[] {
  let at = 0;
  return spans.flatMap(({ text, style }) => {
    const start = at;
    at += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part === "" ? [] : [{ text: part, style }];
  });
}

function piece({ text, style }: AnsiSpan, key: number | string) {
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
