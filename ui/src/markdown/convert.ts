/** Markdown to safe HTML, with everything that is loaded: marked, the sanitiser and, when there are formulas, Temml. The lazy chunk of this folder. */
import { Marked, type RendererObject, type Tokens } from "marked";
import { escapeHtml, highlight } from "../editor/staticCode";
import { type JsonObject } from "../wire/json";
import { type MathPiece, mathExtension } from "./mathSyntax";
import { sanitiseForPage } from "./sanitise";

export interface MarkdownOptions {
  /** A cell's attachments: name to mimebundle. */
  readonly attachments?: JsonObject | undefined;
  /** The notebook's folder relative to the root, `/` between folders, "" for the root: where relative images lie. */
  readonly folder?: string | undefined;
}

export type SetMath = (tex: string, display: boolean) => string;

/** What a text becomes, in two steps, for the maths may have to be loaded between them. */
export interface Converted {
  readonly html: string;
  readonly math: readonly MathPiece[];
}

export function convert(source: string, options: MarkdownOptions): Converted {
  const math: MathPiece[] = [];
  const seen = new Map<string, number>();
  const marked = new Marked({ gfm: true, async: false, renderer: renderer(options, seen) }, mathExtension(math));
  return { html: marked.parse(source, { async: false }), math };
}

/** The finished HTML; `setMath` may be null when there are no formulas. */
export function finish({ html, math }: Converted, setMath: SetMath | null): string {
  const whole = html.replace(/<span data-math="(\d+)"><\/span>/g, (placeholder, index: string) => {
    const piece = math[Number(index)];
    return piece === undefined || setMath === null ? placeholder : setMath(piece.tex, piece.display);
  });
  return sanitiseForPage(whole);
}

function renderer(options: MarkdownOptions, seen: Map<string, number>): RendererObject {
  return {
    code({ text, lang }: Tokens.Code) {
      const language = (lang ?? "").trim().split(/[\s,{]/)[0] ?? "";
      const code = language === "" ? escapeHtml(`${text}\n`) : highlight(text, language);
      return `<pre><code>${code}</code></pre>\n`;
    },
    heading({ tokens, depth, text }: Tokens.Heading) {
      return `<h${depth} id="${escapeHtml(anchor(text, seen))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    image({ href, title, text }: Tokens.Image) {
      const named = title === null || title === "" ? "" : ` title="${escapeHtml(title)}"`;
      return `<img src="${escapeHtml(imageAddress(href, options))}" alt="${escapeHtml(text)}"${named}>`;
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

/** Where an image is: in the cell's attachments, in the folder of the notebook, or where it says. */
export function imageAddress(href: string, { attachments, folder }: MarkdownOptions): string {
  if (href.startsWith("attachment:")) return attachmentAddress(decode(href.slice("attachment:".length)), attachments);
  if (/^[a-z][a-z\d+.-]*:|^\/\/|^#/i.test(href)) return href;
  const [, path = "", query = ""] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
  const parts: string[] = [];
  for (const part of `${path.startsWith("/") ? "" : (folder ?? "")}/${decode(path)}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(encodeURIComponent(part));
  }
  return `files/${parts.join("/")}${query}`;
}

function attachmentAddress(name: string, attachments: JsonObject | undefined): string {
  const bundle = attachments !== undefined && Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) return "";
  for (const [mime, data] of Object.entries(bundle)) {
    if (mime.startsWith("image/") && typeof data === "string") {
      return mime === "image/svg+xml" && data.trimStart().startsWith("<")
        ? `data:${mime};charset=utf-8,${encodeURIComponent(data)}`
        : `data:${mime};base64,${data.replace(/\s/g, "")}`;
    }
  }
  return "";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
