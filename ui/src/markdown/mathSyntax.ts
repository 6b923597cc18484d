/**
 * Where maths stands in Markdown, as an extension of marked: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and bare
 * `\begin{align}…`. Code spans and blocks are marked's own tokens and never reach this. A dollar that opens is followed by no space, one
 * that closes follows no space and is followed by no digit: "costs $5 and $6" is no maths.
 */
import { type MarkedExtension, type TokenizerAndRendererExtension } from "marked";

export interface MathPiece {
  readonly tex: string;
  readonly display: boolean;
}

const BLOCK = /^ {0,3}(?:\$\$((?:\\[\s\S]|[^$\\]|\$(?!\$))+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n+|$)/;
const ENVIRONMENT = /^ {0,3}\\begin\{([a-zA-Z]+\*?)\}[\s\S]*?\\end\{\1\}[ \t]*(?:\n+|$)/;
const INLINE_DOUBLE = /^\$\$((?:\\[\s\S]|[^$\\])+?)\$\$/;
const INLINE_SINGLE = /^\$(?![\s$])((?:\\[\s\S]|[^$\\\n]|\n(?!\s*\n))+?)\$(?!\d)/;
const INLINE_PAREN = /^\\\(((?:(?!\n\s*\n)[\s\S])+?)\\\)/;
const INLINE_BRACKET = /^\\\[((?:(?!\n\s*\n)[\s\S])+?)\\\]/;

/** `pieces` receives the maths in order; the HTML gets an empty `<span data-math="mark-n">` for each. */
export function mathExtension(pieces: MathPiece[], mark: string): MarkedExtension {
  const placeholder = (token: Record<string, unknown>) => {
    pieces.push({ tex: String(token["tex"]), display: token["display"] === true });
    return `<span data-math="${mark}-${pieces.length - 1}"></span>`;
  };
  const block: TokenizerAndRendererExtension = {
    name: "mathBlock",
    level: "block",
    start: (source) => startOf(source, /(?:^|\n) {0,3}(?:\$\$|\\\[|\\begin\{)/),
    tokenizer(source) {
      const environment = ENVIRONMENT.exec(source);
      if (environment) return { type: "mathBlock", raw: environment[0], tex: environment[0].trim(), display: true };
      const found = BLOCK.exec(source);
      if (!found) return undefined;
      return { type: "mathBlock", raw: found[0], tex: found[1] ?? found[2] ?? "", display: true };
    },
    renderer: (token) => `<p>${placeholder(token)}</p>\n`,
  };
  const inline: TokenizerAndRendererExtension = {
    name: "mathInline",
    level: "inline",
    start: (source) => startOf(source, /\$|\\\(|\\\[/),
    tokenizer(source) {
      const double = INLINE_DOUBLE.exec(source) ?? INLINE_BRACKET.exec(source);
      if (double) return { type: "mathInline", raw: double[0], tex: double[1] ?? "", display: true };
      const single = singleDollar(source) ?? INLINE_PAREN.exec(source);
      if (single) return { type: "mathInline", raw: single[0], tex: single[1] ?? "", display: false };
      return undefined;
    },
    renderer: placeholder,
  };
  return { extensions: [block, inline] };
}

function singleDollar(source: string): RegExpExecArray | null {
  const found = INLINE_SINGLE.exec(source);
  return found === null || /\s$/.test(found[1] ?? "") ? null : found;
}

function startOf(source: string, pattern: RegExp): number | undefined {
  const at = source.search(pattern);
  return at === -1 ? undefined : at;
}
