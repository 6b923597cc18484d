/**
 * What is looked for, and where it stands in a text. Pure.
 *
 * Plain text is looked for as it is written; a regular expression is JavaScript's, with `^` and `$` at lines. What can
 * match nothing at all (`a*`) finds only what has a length.
 */

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
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : "";
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

/** Where the pattern stands in a text, at most `limit` times. */
export function hitsIn(text: string, regex: RegExp, limit: number): readonly Hit[] {
  const hits: Hit[] = [];
  regex.lastIndex = 0;
  while (hits.length < limit) {
    const found = regex.exec(text);
    if (found === null) break;
    const [whole] = found;
    if (whole === "") regex.lastIndex += 1;
    else hits.push({ from: found.index, to: found.index + whole.length });
  }
  return hits;
}

/**
 * The text with these hits replaced. In the replacement of a regular expression `$1`, `$<name>`, `$&` and `$$` stand for
 * what was found, and `\n` and `\t` for themselves.
 */
export function replaced(
  text: string,
  hits: readonly Hit[],
  pattern: Extract<Pattern, { at: "ready" }>,
  by: string,
): string {
  const wanted = new Set(hits.map((hit) => hit.from));
  const template = pattern.isRegex ? by.replace(/\\(n|t|\\)/g, (_, mark: string) => UNESCAPED[mark] ?? mark) : by;
  pattern.regex.lastIndex = 0;
  return text.replace(pattern.regex, (...found: unknown[]) => {
    const whole = found[0] as string;
    const groups = typeof found.at(-1) === "object" ? (found.pop() as Record<string, string | undefined>) : {};
    const at = found.at(-2) as number;
    if (!wanted.has(at) || whole === "") return whole;
    return pattern.isRegex ? filled(template, [whole, ...(found.slice(1, -2) as string[])], groups) : template;
  });
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
