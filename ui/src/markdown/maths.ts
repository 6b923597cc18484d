/** TeX to MathML by Temml. A chunk of its own, loaded when the first formula comes. */
import Temml from "temml";
import "temml/dist/Temml-Local.css";
import "./maths.css";
import { escapeHtml } from "../editor/staticCode";
import { markdownText } from "../i18n/markdown";
import { sentenceOf } from "../i18n/sentenceOf";

const LONGEST = 20_000; // characters of TeX

/** MathML for one formula. What Temml does not understand is shown as it was written, with the reason in its tooltip. */
export function mathHtml(tex: string, display: boolean): string {
  if (tex.length > LONGEST) return asWritten(tex, markdownText.formulaTooLong);
  try {
    return Temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      strict: false,
      trust: false,
      maxExpand: 1000,
      maxSize: [20, 1000], // em, px
      ...(display && { wrap: "none" as const }),
    });
  } catch (error) {
    return asWritten(tex, sentenceOf(error));
  }
}

function asWritten(tex: string, reason: string): string {
  return `<code class="math-error" title="${escapeHtml(reason)}">${escapeHtml(tex)}</code>`;
}
