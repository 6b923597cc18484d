/** Markdown to safe HTML, with everything that is loaded: marked, the sanitiser and, when there are formulas, Temml. The lazy chunk of this folder. */
import { Marked, type RendererObject, type Tokens } from "marked";
import { escapeHtml, highlight } from "../editor/staticCode";
import { markdownText } from "../i18n/markdown";
import { type Place, resolveAddresses } from "./addresses";
import { type MathPiece, mathExtension } from "./mathSyntax";
import { sanitiseForPage } from "./sanitise";

export type MarkdownOptions = Place;

export type SetMath = (tex: string, display: boolean) => string;

/** What a text becomes, in two steps, for the maths may have to be loaded between them. */
export interface Converted {
  readonly html: string;
  readonly math: readonly MathPiece[];
  /** Marks the places of the formulas; no text can know it. */
  readonly mark: string;
  readonly options: MarkdownOptions;
}

export function convert(source: string, options: MarkdownOptions): Converted {
  const math: MathPiece[] = [];
  const mark = Math.random().toString(36).slice(2);
  const marked = new Marked({ gfm: true, async: false, renderer: renderer(new Map()) }, mathExtension(math, mark));
  return { html: marked.parse(source, { async: false }), math, mark, options };
}

/** The finished HTML; `setMath` may be null when there are no formulas. */
export function finish({ html, math, mark, options }: Converted, setMath: SetMath | null): string {
  const whole = html.replaceAll(new RegExp(`<span data-math="${mark}-(\\d+)"></span>`, "g"), (place, index: string) => {
    const piece = math[Number(index)];
    return piece === undefined || setMath === null ? place : setMath(piece.tex, piece.display);
  });
  const body = sanitiseForPage(whole);
  resolveAddresses(body, options);
  return body.innerHTML;
}

function renderer(seen: Map<string, number>): RendererObject {
  return {
    code({ text, lang }: Tokens.Code) {
      const language = (lang ?? "").trim().split(/[\s,{]/)[0] ?? "";
      const code = language === "" ? escapeHtml(`${text}\n`) : highlight(text, language);
      return `<pre><code>${code}</code></pre>\n`;
    },
    checkbox({ checked }: Tokens.Checkbox) {
      const name = checked ? markdownText.done : markdownText.notDone;
      return `<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${escapeHtml(name)}"> `;
    },
    heading({ tokens, depth, text }: Tokens.Heading) {
      // The page's one heading of the first level is the document's name; those in it come under that, to readers.
      const name = escapeHtml(anchor(text, seen));
      return `<h${depth} id="${name}" aria-level="${depth + 1}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
  };
}

/** Jupyter's anchors: the heading's text with hyphens for spaces; a second one of the same name gets a number. */
function anchor(text: string, seen: Map<string, number>): string {
  const name = text
    .replace(/<[^>]*>/g, "")
    .replace(/[*`]/g, "")
    .trim()
    .replace(/\s+/g, "-");
  const count = seen.get(name) ?? 0;
  seen.set(name, count + 1);
  return count === 0 ? name : `${name}-${count}`;
}
