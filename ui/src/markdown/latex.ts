/** `text/latex` of a kernel: formulas with their delimiters, as sympy and IPython's Math send them, perhaps with text around. */
import { escapeHtml } from "../editor/staticCode";
import { loadedMath, loadMath } from "./markdown";
import type { SetMath } from "./convert";
import type * as Sanitise from "./sanitise";

/** A module's code, not state: loaded once, never changed. */
let sanitiser: typeof Sanitise | null = null;

async function loadSanitiser(): Promise<void> {
  sanitiser ??= await import("./sanitise");
}

interface Part {
  readonly text: string;
  readonly math: "no" | "inline" | "display";
}

const DELIMITED =
  /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\$((?:\\[\s\S]|[^$\\])+?)\$|\\\(([\s\S]+?)\\\)|(\\begin\{(equation|align|gather|multline|eqnarray|alignat|split|cases|array|matrix|pmatrix|bmatrix)(\*?)\}[\s\S]*?\\end\{\6\7\})/g;

/** The pieces of a text; a text with TeX commands but no delimiters is one formula. */
export function latexParts(source: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const found of source.matchAll(DELIMITED)) {
    const before = source.slice(at, found.index);
    if (before.trim() !== "") parts.push({ text: before, math: "no" });
    const display = found[1] ?? found[2] ?? found[5];
    if (display !== undefined) parts.push({ text: display.trim(), math: "display" });
    else parts.push({ text: (found[3] ?? found[4] ?? "").trim(), math: "inline" });
    at = found.index + found[0].length;
  }
  const rest = source.slice(at);
  if (parts.length === 0) return [{ text: rest.trim(), math: /\\[a-zA-Z]/.test(rest) ? "display" : "no" }];
  if (rest.trim() !== "") parts.push({ text: rest, math: "no" });
  return parts;
}

export async function renderLatex(source: string): Promise<string> {
  const [setMath] = await Promise.all([loadMath(), loadSanitiser()]);
  return render(source, setMath);
}

/** The same at once, or null while the maths is not loaded. */
export function latexNow(source: string): string | null {
  const setMath = loadedMath();
  return setMath === null || sanitiser === null ? null : render(source, setMath);
}

function render(source: string, setMath: SetMath): string {
  const html = latexParts(source)
    .map(({ text, math }) => (math === "no" ? escapeHtml(text) : setMath(text, math === "display")))
    .join("");
  return sanitiser === null ? escapeHtml(source) : sanitiser.sanitiseForPage(html).innerHTML;
}
