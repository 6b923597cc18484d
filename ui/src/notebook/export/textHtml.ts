/** Terminal text as HTML: the colours that it asks for, and nothing of what it might hold as markup. */
import { escapeHtml } from "../../editor/staticCode";
import { PLAIN, parseAnsi } from "../../outputs/ansi";
import { cssOf } from "../../outputs/ansiColours";

export function textHtml(text: string): string {
  return parseAnsi(text, PLAIN)
    .spans.map(({ text: piece, style }) => {
      const css = cssOf(style);
      return css === "" ? escapeHtml(piece) : `<span style="${escapeHtml(css)}">${escapeHtml(piece)}</span>`;
    })
    .join("");
}

/** A block of it. */
export function textBlock(text: string, more = ""): string {
  return `<pre class="text${more === "" ? "" : ` ${more}`}">${textHtml(text.replace(/\n$/, ""))}</pre>`;
}
