/**
 * What is looked for, and where it stands in a text. Pure.
 *
 * Plain text is looked for as it is written; a regular expression is JavaScript's, with `^` and `$` at lines. What can
 * match nothing at all (`a*`) finds only what has a length.
 */
import { sentenceOf } from "../../i18n/sentenceOf";

export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly isRegex: boolean;
}

export const NO_QUERY: Query = { text: "", matchCase: false, wholeWord: false, isRegex: false };

/** Offsets in UTF-16 units: from `from` up to, but without, `to`. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  /** What a regular expression has found there: all of it, then its groups. */
  readonly found?: readonly (string | undefined)[];
  readonly named?: Readonly<Record<string, string | undefined>>;
}

export type Pattern =
  | { readonly at: "none" }
  | { readonly at: "ready"; readonly regex: RegExp; readonly isRegex: boolean }
  | { readonly at: "wrong"; readonly reason: string };

/** The pattern of a query; `wrong` with the engine's reason for a regular expression that is none. */
export function patternOf(query: Query): Pattern {
  if (query.text === "") return { at: "none" };
  const source = query.isRegex ? query.text : query.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const bounded = query.wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  const flags = `gm${query.matchCase ? "" : "i"}`;
  try {
    return { at: "ready", regex: newRegex(bounded, flags, query.wholeWord), isRegex: query.isRegex };
  } catch (error) {
    const reason = sentenceOf(error).replace(/^Invalid regular expression: /, "");
    return { at: "wrong", reason };
  }
}

/** With Unicode's rules where the expression allows them: outside of a class they refuse escapes that mean nothing. */
function newRegex(source: string, flags: string, needsUnicode: boolean): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch (error) {
    if (needsUnicode) throw error;
    return new RegExp(source, flags);
  }
}

/** Where the pattern stands in a text, at most `limit` times; for a replacement also what its groups have found. */
export function hitsIn(text: string, regex: RegExp, limit: number, withGroups = false): readonly Hit[] {
  const hits: Hit[] = [];
  regex.lastIndex = 0;
  while (hits.length < limit) {
    const found = regex.exec(text);
    if (found === null) break;
    const [whole] = found;
    if (whole === "") regex.lastIndex += 1;
    else {
      const { index, groups } = found;
      const more = withGroups && { found: [...found], ...(groups !== undefined && { named: { ...groups } }) };
      hits.push({ from: index, to: index + whole.length, ...more });
    }
  }
  return hits;
}

/**
 * The text with these hits replaced, which are in their order. In the replacement of a regular expression `$1`,
 * `$<name>`, `$&` and `$$` stand for what was found, and `\n` and `\t` for themselves. The expression is not run again.
 */
export function replaced(text: string, hits: readonly Hit[], isRegex: boolean, by: string): string {
  const template = isRegex ? by.replace(/\\(n|t|\\)/g, (_, mark: string) => UNESCAPED[mark] ?? mark) : by;
  let done = "";
  let end = 0;
  for (const { from, to, found = [], named = {} } of hits) {
    done += text.slice(end, from) + (isRegex ? filled(template, found, named) : template);
    end = to;
  }
  return done + text.slice(end);
}

const UNESCAPED: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" };

function filled(
  template: string,
  found: readonly (string | undefined)[],
  groups: Readonly<Record<string, string | undefined>>,
): string {
  return template.replace(/\$(?:\$|&|(\d{1,2})|<([^>]*)>)/g, (mark, number?: string, name?: string) => {
    if (mark === "$$") return "$";
    if (mark === "$&") return found[0] ?? "";
    if (name !== undefined) return groups[name] ?? "";
    const place = Number(number);
    return place > 0 && place < found.length ? (found[place] ?? "") : mark;
  });
}
