/**
 * Code as plain HTML: what every cell shows that is not being edited. The same grammars, classes and metrics as the live
 * editor (codeEditor.css), none of its code. The HTML holds nothing but text and `<span class="tok-…">`.
 */
import { highlightCode } from "@lezer/highlight";
import "./codeEditor.css";
import { grammar } from "./grammars";
import { languageNamed } from "./languageNames";
import { findMagics, type Range } from "./magics";
import { tokenClasses } from "./tokenClasses";

export { loadGrammar } from "./grammars";
export { languageNamed } from "./languageNames";

/** The class of the element around the HTML; add `staticCodeWrap` where lines wrap (Markdown and raw cells). */
export const staticCodeClass = "static-code";
export const staticCodeWrap = "static-code-wrap";

const LONGEST = 200_000; // characters: longer code stays without colours, so that it is there at once

/** A piece of the source that was found; `current`: the one that is meant. */
export interface Found extends Range {
  readonly current: boolean;
}

/**
 * Safe HTML for `source`, to be set inside an element of `staticCodeClass`. Reads a signal: a component that calls it
 * renders again when the language's grammar has come.
 */
export function highlight(source: string, language: string, found: readonly Found[] = []): string {
  // The last line feed of a `pre` makes no line of its own.
  const text = source === "" || source.endsWith("\n") ? `${source}\n` : source;
  const name = languageNamed(language);
  const parser = source.length > LONGEST ? null : grammar(name);
  if (parser === null) return marked(text, 0, "", [], found);
  const magics = name === "python" ? (findMagics(source)?.ranges ?? []) : [];
  let html = "";
  let at = 0;
  highlightCode(
    text,
    parser.parse(text),
    tokenClasses,
    (code, classes) => {
      html += marked(code, at, classes, magics, found);
      at += code.length;
    },
    () => {
      html += "\n";
      at += 1;
    },
  );
  return html;
}

/** The numbers beside static code, one per line. */
export function lineNumbers(source: string): string {
  let lines = 1;
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) lines += 1;
  return Array.from({ length: lines }, (_, index) => index + 1).join("\n");
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function span(code: string, classes: string): string {
  return classes === "" || code === "" ? escapeHtml(code) : `<span class="${classes}">${escapeHtml(code)}</span>`;
}

/** A piece of one class, what of it was found in a mark of its own. */
function marked(code: string, at: number, classes: string, magics: readonly Range[], found: readonly Found[]): string {
  const end = at + code.length;
  let html = "";
  let from = at;
  for (const hit of found) {
    if (hit.to <= from) continue;
    if (hit.from >= end) break;
    const start = Math.max(hit.from, from);
    const stop = Math.min(hit.to, end);
    html += piece(code.slice(from - at, start - at), from, classes, magics);
    const name = hit.current ? "found found-now" : "found";
    html += `<mark class="${name}">${piece(code.slice(start - at, stop - at), start, classes, magics)}</mark>`;
    from = stop;
  }
  return html + piece(code.slice(from - at), from, classes, magics);
}

/** A piece of one class, but for what of it lies in a magic. */
function piece(code: string, at: number, classes: string, magics: readonly Range[]): string {
  const end = at + code.length;
  let html = "";
  let from = at;
  for (const magic of magics) {
    if (magic.to <= from || magic.from >= end) continue;
    const start = Math.max(magic.from, from);
    const stop = Math.min(magic.to, end);
    html += span(code.slice(from - at, start - at), classes) + span(code.slice(start - at, stop - at), "tok-magic");
    from = stop;
  }
  return html + span(code.slice(from - at), classes);
}
